using System.Text.Json;
using CsCheck;
using Shared.Horreum;

namespace Horreum.Client.Tests.Server;

/// <summary>One odd element costs itself, and the answer says so.</summary>
public sealed class OddAnswerTests : IAsyncLifetime
{
    private const string Runs = """{"testId":123,"pageSize":5}""";
    private ServerFixture _server = null!;

    public async Task InitializeAsync() => _server = await ServerFixture.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("null", "runs[1] is null")]
    [InlineData("\"text\"", "runs[1] is text")]
    [InlineData("17", "runs[1] is a number")]
    [InlineData("[]", "runs[1] is a list")]
    [InlineData("""{"id":"x","start":1}""", "runs[1]")]
    [InlineData("""{"id":{},"start":1}""", "runs[1]")]
    [InlineData("""{"id":null,"start":1}""", "runs[1]")]
    [InlineData("{}", "[1]")]
    public async Task Post_OneElementIsOdd_CostsItself(string element, string named)
    {
        _server.Horreum.State.OddElements[2] = element;

        (int status, JsonElement page) = await _server.CallAsync("list_runs", Runs);

        status.Should().Be(200, page.ToString());
        Ids(page).Should().Equal(1, 3, 4, 5);
        Warnings(page).Should().Contain(warning => warning.Contains(named, StringComparison.Ordinal) && warning.Contains("left out", StringComparison.Ordinal));
        page.GetProperty("pagination").GetProperty("hasMore").GetBoolean().Should().BeTrue();
    }

    [Theory]
    [InlineData("""{"id":2,"start":{START},"trashed":{}}""", "trashed")]
    [InlineData("""{"id":2,"start":{START},"trashed":null}""", "trashed")]
    [InlineData("""{"id":2,"start":{START},"testid":"many"}""", "testid")]
    [InlineData("""{"id":2,"start":{START},"schemas":{"a":1}}""", "schemas")]
    [InlineData("""{"id":2,"start":{START},"schemas":[null,{"id":1}]}""", "schemas[0]")]
    [InlineData("""{"id":2,"start":{START},"schemas":[{"id":1,"source":"x"}]}""", "source")]
    [InlineData("""{"id":2,"start":{START},"datasets":[1,"x"]}""", "datasets[1]")]
    [InlineData("""{"id":2,"start":{START},"datasets":[1,null]}""", "datasets[1]")]
    [InlineData("""{"id":2,"start":{START},"description":{"de":"x"}}""", "description")]
    [InlineData("""{"id":2,"start":{START},"validationErrors":"none"}""", "validationErrors")]
    [InlineData("""{"id":2,"start":{START},"owner":7}""", "owner")]
    public async Task Post_OneMemberIsOfAnotherType_CostsItself(string element, string member)
    {
        _server.Horreum.State.OddElements[2] = element.Replace("{START}", Start(2), StringComparison.Ordinal);

        (int status, JsonElement page) = await _server.CallAsync("list_runs", Runs);

        status.Should().Be(200, page.ToString());
        Ids(page).Should().Equal(1, 2, 3, 4, 5);
        Warnings(page).Should().ContainSingle().Which.Should().Contain("runs[1] (id 2)").And.Contain(member);
    }

    [Fact]
    public async Task Post_IdIsWrittenWithAPoint_IsAnId()
    {
        _server.Horreum.State.OddElements[2] = $$"""{"id":2.0,"start":{{Start(2)}}}""";

        (int status, JsonElement page) = await _server.CallAsync("list_runs", Runs);

        status.Should().Be(200);
        Ids(page).Should().Equal(1, 2, 3, 4, 5);
        page.TryGetProperty("warnings", out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("get_run", """{"runId":2.0}""")]
    [InlineData("get_run", """{"runId":"2.0"}""")]
    [InlineData("get_run", """{"runId":2e0}""")]
    [InlineData("get_dataset", """{"dataset_id":1002.0}""")]
    [InlineData("list_runs", """{"test":123.0}""")]
    [InlineData("list_runs", """{"testId":"123.00","pageSize":5.0}""")]
    public async Task Post_CallersIdIsWrittenWithAPoint_IsAnId(string tool, string body)
    {
        (int status, JsonElement answer) = await _server.CallAsync(tool, body);

        status.Should().Be(200, answer.ToString());
    }

    [Theory]
    [InlineData("list_tests", "{}", "/api/test/summary", """{"tests":[null,{"id":1,"name":"a"},{"id":2,"name":7}],"count":3}""", "tests", 2)]
    [InlineData("list_schemas", "{}", "/api/schema", """{"schemas":[null,{"id":1,"uri":"u"},"x"],"count":3}""", "schemas", 1)]
    [InlineData("list_datasets", """{"testId":123,"from":"all"}""", "/api/dataset/list", """{"datasets":[{"id":1,"runId":1,"start":5},null],"total":2}""", "datasets", 1)]
    [InlineData("get_run_label_values", """{"runId":1}""", "/labelValues", """[null,{"values":{"a":[null]},"runId":1,"datasetId":{}},3]""", "items", 1)]
    [InlineData("get_test_label_values", """{"testId":123}""", "/labelValues", """[{"values":[{"name":"a","value":1},null,5],"runId":1}, null]""", "items", 1)]
    public async Task Post_ListsOfAnyKind_LoseTheOddElementOnly(string tool, string arguments, string path, string body, string member, int left)
    {
        _server.Horreum.Fail(new FakeFault { Path = path, Body = body, ContentType = "application/json" });

        (int status, JsonElement page) = await _server.CallAsync(tool, arguments);

        status.Should().Be(200, page.ToString());
        page.GetProperty(member).GetArrayLength().Should().Be(left);
        Warnings(page).Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("get_run_summary", """{"runId":1}""", """{"id":1,"schemas":[null],"trashed":"perhaps","datasets":{}}""")]
    [InlineData("get_dataset_summary", """{"datasetId":1}""", """{"id":1,"runId":{},"schemas":[null]}""")]
    [InlineData("get_dataset", """{"datasetId":1}""", """{"id":1,"ordinal":"first","data":[null]}""")]
    [InlineData("get_test", """{"testId":1}""", """{"id":1,"name":"a","transformers":[null],"notificationsEnabled":7}""")]
    [InlineData("get_schema", """{"id":1}""", """{"id":1,"uri":["u"]}""")]
    [InlineData("get_run_count", """{"testId":1}""", """{"total":1.0,"active":null,"trashed":"none"}""")]
    [InlineData("get_dataset_label_values", """{"datasetId":1}""", """[null,{"id":1,"name":["x"],"schema":"s","value":1}]""")]
    public async Task Post_SingleThings_LoseTheOddMemberOnly(string tool, string arguments, string body)
    {
        _server.Horreum.Fail(new FakeFault { Body = body, ContentType = "application/json" });

        (int status, JsonElement answer) = await _server.CallAsync(tool, arguments);

        status.Should().Be(200, answer.ToString());
    }

    [Fact]
    public async Task Post_EveryElementHasTheSameOddMember_AreAllThere()
    {
        foreach (FakeRun run in _server.Horreum.State.Runs)
        {
            _server.Horreum.State.OddElements[run.Id] = $$"""{"id":{{run.Id}},"start":{{run.Start}},"trashed":null}""";
        }

        (int status, JsonElement page) = await _server.CallAsync("list_runs", """{"testId":123,"pageSize":200}""");

        status.Should().Be(200);
        Ids(page).Should().Equal(Enumerable.Range(1, 200));
        Warnings(page).Should().HaveCountLessThan(30);
    }

    [Theory]
    [InlineData("list_runs", Runs)]
    [InlineData("list_tests", "{}")]
    [InlineData("get_run", """{"runId":1}""")]
    [InlineData("get_run_data", """{"runId":1}""")]
    [InlineData("get_dataset", """{"datasetId":1001}""")]
    [InlineData("get_test_label_values", """{"testId":123}""")]
    public async Task Post_AnswerBeginsWithAByteOrderMark_IsRead(string tool, string arguments)
    {
        _server.Horreum.State.ByteOrderMark = true;

        (int status, JsonElement answer) = await _server.CallAsync(tool, arguments);

        status.Should().Be(200, answer.ToString());
        answer.TryGetProperty("warnings", out _).Should().BeFalse();
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task Post_TestIsNamedWithDots_IsFound(string name)
    {
        _server.Horreum.State.AddRuns(3, DateTimeOffset.UtcNow, 55, name);

        (int status, JsonElement page) = await _server.CallAsync("list_runs", $$"""{"test":"{{name}}"}""");
        status.Should().Be(200, page.ToString());
        page.GetProperty("runs").GetArrayLength().Should().Be(3);
        (status, JsonElement test) = await _server.CallAsync("get_test", $$"""{"name":"{{name}}"}""");
        status.Should().Be(200, test.ToString());
        test.GetProperty("id").GetInt32().Should().Be(55);
    }

    [Theory]
    [InlineData("list_runs", """{"test":"."}""")]
    [InlineData("get_test", """{"name":".."}""")]
    [InlineData("get_test_label_values", """{"test":".."}""")]
    public async Task Post_NoTestIsNamedWithDots_IsNotFound(string tool, string arguments)
    {
        (int status, JsonElement answer) = await _server.CallAsync(tool, arguments);

        status.Should().Be(404, answer.ToString());
    }

    [Fact]
    public async Task Post_SummaryAnswers404_IsEmptyWithAWarning()
    {
        _server.Horreum.State.HasNoSummary = true;

        (int status, JsonElement page) = await _server.CallAsync("list_tests");

        status.Should().Be(200, page.ToString());
        page.GetProperty("tests").GetArrayLength().Should().Be(0);
        Warnings(page).Should().ContainSingle().Which.Should().Contain("404");
    }

    [Theory]
    [InlineData("""{"testId":123,"from":"all","to":"now","pageSize":100}""", 248)]
    [InlineData("""{"testId":123,"from":"last 30 days","pageSize":5}""", 248)]
    [InlineData("""{"testId":123,"from":"last 30 days","pageSize":5,"direction":"Ascending"}""", 248)]
    [InlineData("""{"testId":123,"from":"last 30 days","pageSize":5,"sort":"id"}""", 248)]
    public async Task Post_RunsWithoutAStart_AreLeftOutOfWindowsWithAWarning(string arguments, int total)
    {
        WithoutStart(7, 9);

        (int status, JsonElement page) = await _server.CallAsync("list_runs", arguments);

        status.Should().Be(200, page.ToString());
        Ids(page).Should().NotContain([7, 9]);
        page.GetProperty("total").GetInt32().Should().Be(total);
        Warnings(page).Should().ContainSingle().Which.Should().Contain("no start").And.Contain("9");
    }

    [Fact]
    public async Task Post_RunsWithoutAStartAndNoWindow_AreListedLast()
    {
        WithoutStart(7, 9);

        (_, JsonElement page) = await _server.CallAsync("list_runs", """{"testId":123,"from":"all","pageSize":1000}""");

        Ids(page).Should().HaveCount(250).And.EndWith([7, 9]);
        page.TryGetProperty("warnings", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Post_OddElementsAnywhere_PagesGiveEachOtherOnce()
    {
        await Gen.Select(Gen.Int[1, 12], Gen.Int[1, 250].HashSet[0, 40], Gen.Int[1, 250].HashSet[0, 5], Gen.Bool, Gen.Bool).SampleAsync(
            async (size, odd, startless, ascending, all) =>
            {
                string from = all ? "all" : "last 5 days";
                FakeState state = _server.Horreum.State;
                state.OddElements.Clear();
                odd.ExceptWith(startless);
                string[] kinds = ["null", "\"x\"", "{}", """{"id":[]}"""];
                foreach (int id in odd)
                {
                    state.OddElements[id] = kinds[id % kinds.Length];
                }

                WithoutStart([.. startless]);
                List<int> ids = [];
                string token = "";
                string arguments = $$""" "testId":123,"pageSize":{{size}},"from":"{{from}}","direction":"{{(ascending ? "Ascending" : "Descending")}}" """;
                for (int page = 0; page < 400; page++)
                {
                    (int status, JsonElement answer) = await _server.CallAsync("list_runs", $$"""{ {{arguments}}{{token}} }""");
                    status.Should().Be(200, answer.ToString());
                    ids.AddRange(Ids(answer));
                    if (!answer.GetProperty("pagination").GetProperty("hasMore").GetBoolean())
                    {
                        break;
                    }

                    token = $",\"pageToken\":\"{answer.GetProperty("pagination").GetProperty("nextPageToken").GetString()}\"";
                }

                long least = DateTimeOffset.UtcNow.AddDays(-5).ToUnixTimeMilliseconds();
                ids.Should().BeEquivalentTo(state.Runs
                    .Where(run => !odd.Contains(run.Id) && (from == "all" || (!run.WithoutStart && run.Start >= least)))
                    .Select(run => run.Id));
            },
            iter: 12,
            threads: 1);
    }

    private void WithoutStart(params int[] ids)
    {
        List<FakeRun> runs = _server.Horreum.State.Runs;
        for (int i = 0; i < runs.Count; i++)
        {
            runs[i] = runs[i] with { WithoutStart = ids.Contains(runs[i].Id) };
        }
    }

    private string Start(int id) => _server.Horreum.State.Runs[id - 1].Start.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<int> Ids(JsonElement page) => page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetInt32());

    private static IEnumerable<string> Warnings(JsonElement page) =>
        page.TryGetProperty("warnings", out JsonElement warnings) ? warnings.EnumerateArray().Select(warning => warning.GetString()!) : [];
}
