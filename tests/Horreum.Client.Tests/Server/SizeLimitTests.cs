using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared.Horreum;

namespace Horreum.Client.Tests.Server;

/// <summary><c>maxDatasetSize</c> is true: for every tool, however Horreum's answer arrives, over both ways of asking.</summary>
public sealed class SizeLimitTests : IAsyncLifetime
{
    private const int Limit = 64 * 1024;
    private ServerFixture _server = null!;

    public static TheoryData<string, bool, bool> Ways => new()
    {
        { "length", false, false },
        { "chunked", true, false },
        { "gzip", false, true },
    };

    private static readonly (string Tool, string Arguments)[] Calls =
    [
        ("get_run", """{"runId":1}"""),
        ("get_run_data", """{"runId":1}"""),
        ("get_run_metadata", """{"runId":1}"""),
        ("get_dataset", """{"datasetId":1001}"""),
        ("list_runs", """{"testId":123,"pageSize":1000}"""),
        ("list_all_runs", """{"pageSize":1000}"""),
        ("list_runs_by_schema", """{"schemaUri":"urn:example:1","pageSize":1000}"""),
        ("list_datasets", """{"testId":123,"pageSize":1000}"""),
        ("list_tests", """{"pageSize":1000}"""),
        ("list_schemas", """{"pageSize":1000}"""),
        ("get_schema", """{"name":"urn:more"}"""),
        ("get_test_label_values", """{"testId":123}"""),
        ("get_test", """{"test":"exampel-test"}"""),
    ];

    public async Task InitializeAsync()
    {
        _server = await ServerFixture.StartAsync(("HORREUM_MAX_DATASET_SIZE", Limit.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        FakeState state = _server.Horreum.State;
        string large = $$"""{"text":"{{new string('x', Limit)}}"}""";
        state.Runs[0] = state.Runs[0] with { Data = large, Metadata = large };
        state.AddRuns(600, DateTimeOffset.UtcNow.AddHours(-300), 124, "more");
        state.Runs.AddRange(Enumerable.Range(0, 400).Select(i => state.Runs[0] with { Id = 5000 + i, Data = "{}", Metadata = null }));
        for (int i = 0; i < 700; i++)
        {
            state.Tests.Add(new FakeTest(1000 + i, $"a test with a name that is long enough to fill the list {i}", null));
            state.Schemas[100 + i] = $"urn:more:{i}:and-a-name-that-is-long-enough-to-fill-the-list";
        }
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Post_AnswerIsLargerThanAllowed_Is413OnEveryTool(string way, bool chunked, bool compressed)
    {
        (_server.Horreum.State.HideLengths, _server.Horreum.State.Compress) = (chunked, compressed);
        foreach ((string tool, string arguments) in Calls.Where(call => call.Tool != "get_test"))
        {
            (int status, JsonElement answer) = await _server.CallAsync(tool, arguments);

            status.Should().Be(413, $"{tool} by {way}: {Short(answer)}");
            JsonElement error = answer.GetProperty("error");
            error.GetProperty("code").GetString().Should().Be("INVALID_REQUEST");
            error.GetProperty("retryable").GetBoolean().Should().BeFalse();
            error.GetProperty("details").GetProperty("maxDatasetSize").GetString().Should().Be("65536");
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Call_AnswerIsLargerThanAllowed_IsTheSameErrorOverMcp(string way, bool chunked, bool compressed)
    {
        (_server.Horreum.State.HideLengths, _server.Horreum.State.Compress) = (chunked, compressed);
        await using McpClient client = await _server.ConnectAsync();
        foreach ((string tool, string arguments) in Calls.Where(call => call.Tool != "get_test"))
        {
            CallToolResult result = await client.CallToolAsync(
                tool, JsonElement.Parse(arguments).EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value));

            result.IsError.Should().BeTrue($"{tool} by {way}");
            result.StructuredContent!.Value.GetProperty("error").GetProperty("details").GetProperty("maxDatasetSize").GetString().Should().Be("65536");
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Post_ContentIsExactlyAsLargeAsAllowed_Passes(string way, bool chunked, bool compressed)
    {
        FakeState state = _server.Horreum.State;
        (state.HideLengths, state.Compress) = (chunked, compressed);
        state.Runs[0] = state.Runs[0] with { Data = Fill(Limit) };

        (int status, JsonElement answer) = await _server.CallAsync("get_run_data", """{"runId":1}""");
        status.Should().Be(200, way + Short(answer));
        answer.GetProperty("text").GetString().Should().HaveLength(Limit - Fill(11).Length);

        state.Runs[0] = state.Runs[0] with { Data = Fill(Limit + 1) };
        (status, _) = await _server.CallAsync("get_run_data", """{"runId":1}""");
        status.Should().Be(413, way);
    }

    [Fact]
    public async Task Post_SuggestionWouldBeLargerThanAllowed_StillSaysNotFound()
    {
        (int status, JsonElement answer) = await _server.CallAsync("get_test", """{"test":"exampel-test"}""");

        status.Should().Be(404, Short(answer));
    }

    [Fact]
    public async Task Post_ChunkedAnswerIsNoJson_IsAnErrorBeforeTheFirstByte()
    {
        _server.Horreum.Fail(new FakeFault { Body = $$"""{"text":"{{new string('x', 30_000)}}""", ContentType = "application/json" });

        (int status, JsonElement answer) = await _server.CallAsync("get_run_data", """{"runId":1}""");

        status.Should().Be(502, Short(answer));
    }

    [Fact]
    public async Task Post_RunWithoutLength_KeepsTheMembersInFront()
    {
        FakeState state = _server.Horreum.State;
        (state.HideLengths, state.ByteOrderMark) = (true, true);
        state.Runs[0] = state.Runs[0] with { Data = """{"a":1}""" };

        (int status, JsonElement answer) = await _server.CallAsync("get_run", """{"runId":1}""");

        status.Should().Be(200, Short(answer));
        answer.GetProperty("runId").GetString().Should().Be("1");
        answer.GetProperty("data").GetProperty("a").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Client_WithoutServices_HasNoLimitUnlessAsked()
    {
        (_server.Horreum.State.HideLengths, _server.Horreum.State.Compress) = (true, false);
        await using Microsoft.Extensions.DependencyInjection.ServiceProvider free = ClientProvider.Build(_server.Horreum.Address);
        await using Microsoft.Extensions.DependencyInjection.ServiceProvider bound = ClientProvider.Build(_server.Horreum.Address, options => options.MaxResponseBytes = 1024);

        (await ClientProvider.Client(free).Datasets.GetAsync(1001)).Data.Should().NotBeNull();
        Func<Task> read = () => ClientProvider.Client(bound).Datasets.GetAsync(1001);
        (await read.Should().ThrowAsync<HorreumResponseTooLargeException>()).Which.Limit.Should().Be(1024);
        await using Models.JsonPayload stream = await ClientProvider.Client(bound).Datasets.OpenAsync(1001);
        (await new StreamReader(stream.Content).ReadToEndAsync()).Length.Should().BeGreaterThan(1024);
    }

    private static string Fill(int length)
    {
        const string empty = """{"text":""}""";
        return new StringBuilder(empty).Insert(9, "x", Math.Max(0, length - empty.Length)).ToString();
    }

    private static string Short(JsonElement answer) => answer.ToString() is { Length: > 300 } text ? text[..300] : answer.ToString();
}
