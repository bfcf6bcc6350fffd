using System.Net;
using System.Text;
using System.Text.Json;
using Shared.Horreum;

namespace Horreum.Client.Tests.Server;

public sealed class HttpEndpointTests : IAsyncLifetime
{
    private ServerFixture _server = null!;

    public async Task InitializeAsync() => _server = await ServerFixture.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("list_tests", "{}", "tests")]
    [InlineData("get_test", """{"testId":123}""", "name")]
    [InlineData("get_test", """{"name":"example-test"}""", "name")]
    [InlineData("list_schemas", "{}", "schemas")]
    [InlineData("get_schema", """{"id":1}""", "uri")]
    [InlineData("get_schema", """{"name":"urn:example"}""", "schemas")]
    [InlineData("get_schema", """{"name":"urn:example:2"}""", "schemaId")]
    [InlineData("get_schema", """{"name":"schema urn:example:2"}""", "schemaId")]
    [InlineData("list_runs", """{"test":"example-test"}""", "runs")]
    [InlineData("list_all_runs", "{}", "runs")]
    [InlineData("list_runs_by_schema", """{"schemaUri":"urn:example:1"}""", "runs")]
    [InlineData("get_run", """{"runId":1}""", "data")]
    [InlineData("get_run_data", """{"run_id":"1"}""", "value")]
    [InlineData("get_run_metadata", """{"run_id":1}""", "by")]
    [InlineData("get_run_summary", """{"runId":1}""", "runId")]
    [InlineData("get_run_count", """{"testId":123}""", "total")]
    [InlineData("list_datasets", """{"testId":123}""", "datasets")]
    [InlineData("get_dataset", """{"datasetId":1001}""", "content")]
    [InlineData("get_dataset_summary", """{"datasetId":1001}""", "datasetId")]
    [InlineData("get_run_label_values", """{"runId":1}""", "items")]
    [InlineData("get_test_label_values", """{"testId":123}""", "items")]
    [InlineData("source_describe", "{}", "limits")]
    public async Task Post_EveryTool_AnswersItsShape(string tool, string body, string member)
    {
        (int status, JsonElement answer) = await _server.CallAsync(tool, body);

        status.Should().Be(200, answer.ToString());
        answer.TryGetProperty(member, out _).Should().BeTrue(answer.ToString());
    }

    [Fact]
    public async Task Post_DatasetLabelValues_AnswersTheBareList()
    {
        (int status, JsonElement answer) = await _server.CallAsync("get_dataset_label_values", """{"dataset_id":1001}""");

        status.Should().Be(200);
        answer.EnumerateArray().Single().GetProperty("name").GetString().Should().Be("cpu");
    }

    [Theory]
    [InlineData("/api/tools/source.describe")]
    [InlineData("/api/tools/source_describe")]
    [InlineData("/api/tools/horreum_source_describe")]
    public async Task Post_DescribeByAnyName_SaysTheRealLimits(string path)
    {
        (int status, JsonElement answer) = await _server.PostAsync(path);

        status.Should().Be(200);
        answer.GetProperty("sourceType").GetString().Should().Be("horreum");
        answer.GetProperty("limits").GetProperty("maxPageSize").GetInt32().Should().Be(1000);
        answer.GetProperty("limits").GetProperty("rateLimitPerMinute").GetInt32().Should().Be(6_000_000);
        answer.GetProperty("capabilities").GetProperty("schemas").GetBoolean().Should().BeTrue();
        _server.Horreum.Journal.Should().BeEmpty();
    }

    [Fact]
    public async Task Post_RunWithoutMetadata_AnswersNull()
    {
        (int status, JsonElement answer) = await _server.CallAsync("get_run_metadata", """{"runId":2}""");

        status.Should().Be(200);
        answer.ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task Post_SnakeCaseHeader_SpellsTheAnswerSo()
    {
        (_, JsonElement answer) = await _server.PostAsync("/api/tools/horreum_list_runs", """{"testId":123,"pageSize":2}""", ("X-Contract-Naming", "snake_case"));

        answer.GetProperty("pagination").GetProperty("has_more").GetBoolean().Should().BeTrue();
        answer.GetProperty("pagination").TryGetProperty("hasMore", out _).Should().BeFalse();
        answer.GetProperty("runs")[0].GetProperty("run_id").GetString().Should().Be("1");
        answer.GetProperty("runs")[0].GetProperty("hasMetadata").GetBoolean().Should().BeTrue("Horreum's own members keep their names");
    }

    [Fact]
    public async Task Post_TwoRunsOfManyInAWindow_CostsAtMostTwoCalls()
    {
        (int status, JsonElement answer) = await _server.CallAsync("list_runs", """{"testId":123,"from":"last 30 days","pageSize":2}""");

        status.Should().Be(200);
        answer.GetProperty("runs").GetArrayLength().Should().Be(2);
        answer.GetProperty("pagination").GetProperty("totalCount").GetInt32().Should().Be(ServerFixture.Runs);
        answer.GetProperty("total").GetInt32().Should().Be(ServerFixture.Runs);
        _server.Horreum.Journal.Should().HaveCountLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task Post_PageThroughAllRuns_GivesEachOnceInOrder()
    {
        List<int> ids = [];
        string? token = null;
        do
        {
            string body = JsonSerializer.Serialize(new Dictionary<string, object?> { ["testId"] = 123, ["pageSize"] = 60, ["pageToken"] = token });
            (int status, JsonElement page) = await _server.CallAsync("list_runs", body);
            status.Should().Be(200, page.ToString());
            ids.AddRange(page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetInt32()));
            JsonElement pagination = page.GetProperty("pagination");
            token = pagination.TryGetProperty("nextPageToken", out JsonElement next) ? next.GetString() : null;
            pagination.GetProperty("hasMore").GetBoolean().Should().Be(token is not null);
            pagination.GetProperty("totalCount").GetInt32().Should().Be(ServerFixture.Runs);
        }
        while (token is not null);

        ids.Should().Equal(Enumerable.Range(1, ServerFixture.Runs));

        // One for each page, and one look at the oldest run for the total.
        _server.Horreum.Journal.Should().HaveCountLessThanOrEqualTo(6);
    }

    [Fact]
    public async Task Post_RunsArriveBetweenPages_NothingRepeatsAndNothingIsLost()
    {
        (_, JsonElement first) = await _server.CallAsync("list_runs", """{"testId":123,"pageSize":10}""");
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        _server.Horreum.State.Runs.AddRange(Enumerable.Range(0, 25).Select(i => new FakeRun(5000 + i, 123, now + i, now + i, "urn:example:1", false)));
        string token = first.GetProperty("pagination").GetProperty("nextPageToken").GetString()!;

        (int status, JsonElement second) = await _server.CallAsync("list_runs", $$"""{"testId":123,"pageToken":"{{token}}"}""");

        status.Should().Be(200);
        second.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetInt32()).Should().Equal(Enumerable.Range(11, 10));
    }

    [Fact]
    public async Task Post_SchemaAndTestAndTime_AreCombinedBeforeThePageIsCut()
    {
        (int status, JsonElement page) = await _server.CallAsync(
            "list_datasets", """{"testName":"example-test","schemaUri":"urn:example:2","from":"last 2 days","pageSize":5}""");

        status.Should().Be(200);
        page.GetProperty("datasets").EnumerateArray().Should().OnlyContain(dataset => dataset.GetProperty("schemaUri").GetString() == "urn:example:2");
        page.GetProperty("datasets").GetArrayLength().Should().Be(5);
        page.GetProperty("datasets")[0].GetProperty("datasetId").ValueKind.Should().Be(JsonValueKind.String);

        // 48 hours hold runs 1 to 47, every second of which has the schema; the one on the edge may fall either way.
        page.GetProperty("pagination").GetProperty("totalCount").GetInt32().Should().BeInRange(23, 24);
    }

    [Fact]
    public async Task Post_UnknownSchema_AnswersAnEmptyPage()
    {
        (int status, JsonElement page) = await _server.CallAsync("list_datasets", """{"testId":123,"schemaUri":"URN:EXAMPLE:1"}""");

        status.Should().Be(200);
        page.GetProperty("datasets").GetArrayLength().Should().Be(0);
        page.GetProperty("pagination").GetProperty("hasMore").GetBoolean().Should().BeFalse();
        page.GetProperty("pagination").GetProperty("totalCount").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task Post_ListTests_CostsOneCallWhateverTheFolders()
    {
        for (int i = 0; i < 40; i++)
        {
            _server.Horreum.State.Tests.Add(new FakeTest(500 + i, $"t{i:00}", i % 2 == 0 ? $"folder{i}" : null));
        }

        (_, JsonElement page) = await _server.CallAsync("list_tests", """{"limit":30}""");

        page.GetProperty("tests").GetArrayLength().Should().Be(30);
        page.GetProperty("count").GetInt32().Should().Be(41);
        page.GetProperty("tests")[0].GetProperty("testId").GetString().Should().Be("123");
        _server.Horreum.Journal.Should().ContainSingle();
    }

    [Theory]
    [InlineData("list_tests", "tests", "testId", """ "pageSize":7 """)]
    [InlineData("list_tests", "tests", "testId", """ "pageSize":7,"name":"T" """)]
    [InlineData("list_schemas", "schemas", "schemaId", """ "pageSize":7 """)]
    [InlineData("list_schemas", "schemas", "schemaId", """ "pageSize":7,"name":"urn" """)]
    [InlineData("get_test_label_values", "items", "datasetId", """ "testId":123,"pageSize":100 """)]
    [InlineData("list_datasets", "datasets", "datasetId", """ "testId":123,"pageSize":100 """)]
    [InlineData("list_datasets", "datasets", "datasetId", """ "schemaUri":"urn:example:1","pageSize":100 """)]
    [InlineData("list_datasets", "datasets", "datasetId", """ "testId":123,"schemaUri":"urn:example:1","pageSize":100 """)]
    [InlineData("list_runs_by_schema", "runs", "runId", """ "schemaUri":"urn:example:2","pageSize":100 """)]
    [InlineData("list_all_runs", "runs", "runId", """ "pageSize":100 """)]
    [InlineData("list_all_runs", "runs", "runId", """ "query":"run 1","pageSize":50 """)]
    [InlineData("list_runs", "runs", "runId", """ "testId":123,"pageSize":100,"sort":"id" """)]
    public async Task Post_FollowTheTokens_GivesEachItemOnce(string tool, string member, string id, string arguments)
    {
        for (int i = 0; i < 40; i++)
        {
            _server.Horreum.State.Tests.Add(new FakeTest(500 + i, $"t{i:00}", i % 2 == 0 ? $"folder{i}" : null));
            _server.Horreum.State.Schemas[10 + i] = $"urn:more:{i}";
        }

        List<string> ids = [];
        string token = "";
        for (int page = 0; page < 20; page++)
        {
            (int status, JsonElement answer) = await _server.CallAsync(tool, $$"""{ {{arguments}}{{token}} }""");
            status.Should().Be(200, answer.ToString());
            ids.AddRange(answer.GetProperty(member).EnumerateArray().Select(item => item.GetProperty(id).GetString()!));
            if (!answer.GetProperty("pagination").GetProperty("hasMore").GetBoolean())
            {
                break;
            }

            token = $",\"pageToken\":\"{answer.GetProperty("pagination").GetProperty("nextPageToken").GetString()}\"";
        }

        ids.Should().OnlyHaveUniqueItems();
        ids.Should().HaveCount((member, arguments.Contains("urn:example", StringComparison.Ordinal), arguments.Contains("query", StringComparison.Ordinal)) switch
        {
            ("tests", _, _) => 41,
            ("schemas", _, _) => 42,
            (_, true, _) => ServerFixture.Runs / 2,
            (_, _, true) => 111,
            _ => ServerFixture.Runs,
        });
    }

    [Fact]
    public async Task Post_FromNotBeforeTo_IsEmptyWithAWarningAndNoCall()
    {
        (int status, JsonElement page) = await _server.CallAsync("list_runs", """{"testId":123,"from":"now","to":"yesterday"}""");

        status.Should().Be(200);
        page.GetProperty("runs").GetArrayLength().Should().Be(0);
        page.GetProperty("warnings").GetArrayLength().Should().Be(1);
        _server.Horreum.Journal.Should().BeEmpty();
    }

    [Fact]
    public async Task Post_HalfOpenInterval_IncludesFromAndExcludesTo()
    {
        FakeRun[] runs = [.. _server.Horreum.State.Runs];
        (_, JsonElement page) = await _server.CallAsync("list_runs", $$"""{"testId":123,"from":{{runs[9].Start}},"to":{{runs[4].Start}}}""");

        page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetInt32()).Should().Equal(6, 7, 8, 9, 10);
        page.GetProperty("total").GetInt32().Should().Be(5);
    }

    [Theory]
    [InlineData("list_runs", """{"testId":123,"pageSize":"abc"}""", "pageSize")]
    [InlineData("list_runs", """{"testId":123,"pageSize":0}""", "pageSize")]
    [InlineData("list_runs", """{"testId":123,"page_size":1001}""", "pageSize")]
    [InlineData("list_runs", """{"testId":123,"pageSize":1.5}""", "pageSize")]
    [InlineData("list_runs", """{"testId":123,"page":-1}""", "page")]
    [InlineData("list_runs", """{"testId":123,"pageSize":5,"limit":6}""", "limit")]
    [InlineData("list_runs", """{"testId":123,"pageToken":"invalid-token-xyz"}""", "pageToken")]
    [InlineData("list_runs", """{"testId":123,"pageToken":"eyJwYWdlIjoyLCJsaW1pdCI6NTAwMH0="}""", "pageSize")]
    [InlineData("list_runs", """{"testId":123,"from":"last 7"}""", "from")]
    [InlineData("list_runs", """{"testId":123,"to":"2025-13-01"}""", "to")]
    [InlineData("list_runs", """{"testId":123,"sort":"start; drop table"}""", "sort")]
    [InlineData("list_runs", """{"testId":123,"direction":"up"}""", "direction")]
    [InlineData("list_runs", """{"testId":123,"trashed":"maybe"}""", "trashed")]
    [InlineData("list_runs", """{"testId":-5}""", "testId")]
    [InlineData("list_runs", """{"testId":99999999999}""", "testId")]
    [InlineData("list_runs", "{}", "testId")]
    [InlineData("get_run", "{}", "runId")]
    [InlineData("get_run", """{"runId":"5abc"}""", "runId")]
    [InlineData("get_run", """{"runId":[1]}""", "runId")]
    [InlineData("get_dataset", """{"dataset_id":"not-a-number"}""", "datasetId")]
    [InlineData("list_datasets", "{}", "testId")]
    [InlineData("get_run_label_values", """{"runId":1,"filter":"{broken"}""", "filter")]
    [InlineData("get_run_label_values", """{"runId":1,"include":[1]}""", "include")]
    public async Task Post_BadParameter_IsRefusedByName(string tool, string body, string parameter)
    {
        (int status, JsonElement answer) = await _server.CallAsync(tool, body);

        status.Should().Be(400, answer.ToString());
        JsonElement error = answer.GetProperty("error");
        error.GetProperty("code").GetString().Should().Be("INVALID_REQUEST");
        error.GetProperty("retryable").GetBoolean().Should().BeFalse();
        error.GetProperty("details").GetProperty("parameter").GetString().Should().Be(parameter);
        error.GetProperty("details").GetProperty("expected").GetString().Should().NotBeEmpty();
        _server.Horreum.Journal.Should().BeEmpty();
    }

    [Fact]
    public async Task Post_UnknownParameter_SuggestsTheNearest()
    {
        (int status, JsonElement answer) = await _server.CallAsync("list_runs", """{"testId":123,"pagesise":5}""");

        status.Should().Be(400);
        answer.GetProperty("error").GetProperty("details").GetProperty("suggestion").GetString().Should().Be("pageSize");
    }

    [Fact]
    public async Task Post_UnknownTestName_SuggestsTheNearest()
    {
        (int status, JsonElement answer) = await _server.CallAsync("list_runs", """{"test":"exampel-test"}""");

        status.Should().Be(404);
        answer.GetProperty("error").GetProperty("code").GetString().Should().Be("NOT_FOUND");
        answer.GetProperty("error").GetProperty("details").GetProperty("suggestion").GetString().Should().Be("example-test");
    }

    [Theory]
    [InlineData("get_run", """{"runId":99999}""")]
    [InlineData("get_dataset", """{"datasetId":99999}""")]
    [InlineData("get_schema", """{"id":99999}""")]
    [InlineData("get_test", """{"testId":99999}""")]
    [InlineData("list_runs", """{"testId":99999}""")]
    public async Task Post_Missing_SaysWhatIsMissing(string tool, string body)
    {
        (int status, JsonElement answer) = await _server.CallAsync(tool, body);

        status.Should().Be(404, answer.ToString());
        answer.GetProperty("error").GetProperty("code").GetString().Should().Be("NOT_FOUND");
        answer.GetProperty("error").GetProperty("message").GetString().Should().Contain("99999");
    }

    [Theory]
    [InlineData("{\"runId\":")]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("{\"runId\":1}trailing")]
    public async Task Post_NotAnObject_IsRefusedInTheContractsForm(string body)
    {
        (int status, JsonElement answer) = await _server.CallAsync("get_run", body);

        status.Should().Be(400);
        answer.GetProperty("error").GetProperty("code").GetString().Should().Be("INVALID_REQUEST");
        answer.ToString().Should().NotContain(" at Horreum");
    }

    [Fact]
    public async Task Post_NotUtf8_IsRefusedInTheContractsForm()
    {
        using ByteArrayContent content = new([(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        content.Headers.ContentType = new("application/json");
        using HttpResponseMessage response = await _server.Http.PostAsync("/api/tools/horreum_get_run", content);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).Should().Contain("INVALID_REQUEST");
    }

    [Fact]
    public async Task Post_WrongContentType_IsRefusedInTheContractsForm()
    {
        using StringContent content = new("runId=1", Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = await _server.Http.PostAsync("/api/tools/horreum_get_run", content);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).Should().Contain("INVALID_REQUEST");
    }

    [Fact]
    public async Task Post_UnknownTool_SuggestsTheNearest()
    {
        (int status, JsonElement answer) = await _server.CallAsync("list_rns");

        status.Should().Be(404);
        answer.GetProperty("error").GetProperty("details").GetProperty("suggestion").GetString().Should().Be("list_runs");
    }

    [Fact]
    public async Task Get_ToolRoute_IsRefusedInTheContractsForm()
    {
        using HttpResponseMessage response = await _server.Http.GetAsync(new Uri("/api/tools/horreum_list_runs", UriKind.Relative));

        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        (await response.Content.ReadAsStringAsync()).Should().Contain("INVALID_REQUEST");
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer wrong", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Basic dXNlcjpwdw==", 401)]
    [InlineData("bearer test-token", 200)]
    public async Task Post_Bearer_IsCheckedInTheContractsForm(string? header, int expected)
    {
        using HttpClient http = new() { BaseAddress = _server.Http.BaseAddress };
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/tools/horreum_source_describe") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        using HttpResponseMessage response = await http.SendAsync(request);

        ((int)response.StatusCode).Should().Be(expected);
        (await response.Content.ReadAsStringAsync()).Should().Contain(expected == 200 ? "horreum" : "INVALID_REQUEST");
    }

    [Fact]
    public async Task Post_CorrelationId_TravelsEndToEnd()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/tools/horreum_get_run") { Content = new StringContent("""{"runId":99999}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Correlation-Id", "abc-123");
        using HttpResponseMessage response = await _server.Http.SendAsync(request);

        response.Headers.GetValues("X-Correlation-Id").Should().Equal("abc-123");
        (await response.Content.ReadAsStringAsync()).Should().Contain("\"correlation_id\":\"abc-123\"");
        _server.Horreum.Journal.Single().Headers["X-Correlation-Id"].Should().Be("abc-123");
    }

    [Fact]
    public async Task Get_HealthAndReady_NeedNoToken()
    {
        using HttpClient http = new() { BaseAddress = _server.Http.BaseAddress };
        (await http.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await http.GetAsync(new Uri("/ready", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Get_OpenApi_DescribesEveryToolAndTheQuery()
    {
        JsonElement document = JsonElement.Parse(await _server.Http.GetStringAsync(new Uri("/openapi.json", UriKind.Relative)));

        document.GetProperty("openapi").GetString().Should().Be("3.1.0");
        document.GetProperty("paths").EnumerateObject().Should().HaveCount(21, "twenty tools and the question in words");
        document.GetProperty("paths").GetProperty("/api/query").GetProperty("post").GetProperty("requestBody").GetProperty("required").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Post_UploadWhenWritesAreOff_IsUnknown()
    {
        (int status, _) = await _server.CallAsync("upload_run", """{"test":"example-test","start":"now","stop":"now","data":{}}""");

        status.Should().Be(404);
    }

    [Fact]
    public async Task Post_LabelValuesByPage_CountsPagesFromOne()
    {
        (_, JsonElement first) = await _server.CallAsync("get_test_label_values", """{"testId":123,"limit":5,"page":1}""");

        first.GetProperty("items").GetArrayLength().Should().Be(5);
        first.GetProperty("items")[0].GetProperty("runId").GetString().Should().Be("250");
        first.GetProperty("items")[0].GetProperty("values")[0].GetProperty("name").GetString().Should().Be("cpu");
        first.GetProperty("pagination").GetProperty("hasMore").GetBoolean().Should().BeTrue();
        first.GetProperty("items")[0].GetProperty("start").GetString().Should().EndWith("Z");
    }

    [Fact]
    public async Task Post_LabelFilterWithArray_TurnsMultiFilterOn()
    {
        await _server.CallAsync("get_run_label_values", """{"run_id":1,"filter":{"os":["linux","bsd"]}}""");

        _server.Horreum.Journal.Single().Query.Should().Contain("multiFilter=true").And.Contain("""{"os":["linux","bsd"]}""");
    }

    [Fact]
    public async Task Post_TokenOfTheOriginalServer_IsAPageNumber()
    {
        // {"page":2,"limit":3}, in the padded form that the original gives out.
        const string token = "eyJwYWdlIjoyLCJsaW1pdCI6M30=";
        (int status, JsonElement page) = await _server.CallAsync("list_runs", $$"""{"testId":123,"pageSize":50,"pageToken":"{{token}}"}""");

        status.Should().Be(200, page.ToString());
        page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetInt32()).Should().Equal(4, 5, 6);
        string next = page.GetProperty("pagination").GetProperty("nextPageToken").GetString()!;
        (_, page) = await _server.CallAsync("list_runs", $$"""{"testId":123,"pageToken":"{{next}}"}""");
        page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetInt32()).Should().Equal(7, 8, 9);
        foreach ((string tool, string member) in new[] { ("list_datasets", "datasets"), ("get_test_label_values", "items"), ("list_all_runs", "runs") })
        {
            string test = tool == "list_all_runs" ? "" : "\"testId\":123,";
            (status, page) = await _server.CallAsync(tool, $$"""{ {{test}}"pageToken":"{{token}}"}""");
            status.Should().Be(200, page.ToString());
            page.GetProperty(member).GetArrayLength().Should().Be(3);
        }
    }

    [Theory]
    [InlineData("urn:exampel:2", "urn:example:2")]
    [InlineData("schema urn:exmple:1", "schema urn:example:1")]
    public async Task Post_SchemaNameIsUnknown_SuggestsTheNearest(string name, string near)
    {
        (int status, JsonElement answer) = await _server.CallAsync("get_schema", $$"""{"name":"{{name}}"}""");

        status.Should().Be(404, answer.ToString());
        JsonElement error = answer.GetProperty("error");
        error.GetProperty("code").GetString().Should().Be("NOT_FOUND");
        error.GetProperty("details").GetProperty("schema").GetString().Should().Be(name, "a value has no quotes around it");
        error.GetProperty("details").GetProperty("suggestion").GetString().Should().Be(near);
    }

    [Fact]
    public async Task Post_SchemaNameIsLikeNoOther_ListsThoseThereAre()
    {
        (int status, JsonElement answer) = await _server.CallAsync("get_schema", """{"name":"zzzzzzzz"}""");

        status.Should().Be(404);
        answer.GetProperty("error").GetProperty("message").GetString().Should().Contain("urn:example:1");
    }

    [Theory]
    [InlineData("get_run", """{"runId":1,"bogus":2}""", "get_run has no parameter 'bogus': it takes runId.")]
    [InlineData("source_describe", """{"bogus":2}""", "source_describe has no parameter 'bogus': it takes no parameters.")]
    [InlineData("get_run", """{"runId":"it's"}""", "runId is “it's”: expected")]
    [InlineData("list_rns", "{}", "This server has no tool 'horreum_list_rns'. Did you mean 'list_runs'?")]
    [InlineData("get_test", """{"name":"exampel-test"}""", "Horreum has no test 'exampel-test', or the credential may not see it. Did you mean 'example-test'?")]
    [InlineData("get_test", """{"testId":77}""", "Horreum has no test 77, or the credential may not see it.")]
    public async Task Post_WrongRequest_IsToldInASentence(string tool, string body, string sentence)
    {
        (_, JsonElement answer) = await _server.CallAsync(tool, body);

        answer.GetProperty("error").GetProperty("message").GetString().Should().StartWith(sentence);
    }

    [Theory]
    [InlineData("""{"testId":123,"pageSize":5}""", 7)]
    [InlineData("""{"testId":123,"pageSize":5,"from":"all"}""", 6)]
    [InlineData("""{"testId":123,"pageSize":100}""", 102)]
    [InlineData("""{"testId":123,"pageSize":5,"sort":"id","from":"all"}""", 6)]
    public async Task Post_PageOfRuns_AsksForWhatIsNeeded(string body, int rows)
    {
        (int status, JsonElement page) = await _server.CallAsync("list_runs", body);

        status.Should().Be(200, page.ToString());
        page.GetProperty("total").GetInt32().Should().Be(ServerFixture.Runs);
        _server.Horreum.Journal.Sum(request => int.Parse(
            System.Web.HttpUtility.ParseQueryString(request.Query)["limit"]!, System.Globalization.CultureInfo.InvariantCulture)).Should().BeLessThanOrEqualTo(rows);
    }
}
