using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared.Horreum;

namespace Horreum.Client.Tests.Server;

public sealed class McpTests
{
    public static TheoryData<string, string, string> Calls => new()
    {
        { "list_tests", "{}", "tests" },
        { "get_test", """{"test_id":123}""", "name" },
        { "list_schemas", "{}", "schemas" },
        { "get_schema", """{"id":1}""", "uri" },
        { "list_runs", """{"test_id":"123","page_size":3}""", "runs" },
        { "list_all_runs", """{"from":"last week"}""", "runs" },
        { "list_runs_by_schema", """{"schema_uri":"urn:example:1"}""", "runs" },
        { "get_run", """{"run_id":1}""", "data" },
        { "get_run_summary", """{"runId":1}""", "runId" },
        { "get_run_count", """{"testId":123}""", "total" },
        { "list_datasets", """{"testId":123}""", "datasets" },
        { "get_dataset", """{"datasetId":1001}""", "content" },
        { "get_dataset_summary", """{"datasetId":1001}""", "datasetId" },
        { "get_run_label_values", """{"runId":1}""", "items" },
        { "get_test_label_values", """{"testId":123}""", "items" },
        { "get_dataset_label_values", """{"datasetId":1001}""", "items" },
        { "source_describe", "{}", "limits" },
        { "source.describe", "{}", "limits" },
        { "datasets.search", """{"testId":123}""", "datasets" },
        { "horreum_list_runs", """{"testId":123}""", "runs" },
    };

    [Fact]
    public async Task Http_EveryTool_AnswersStructuredContentThatEqualsItsText()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        await using McpClient client = await server.ConnectAsync();

        await AssertCallsAsync(client);
    }

    [Fact]
    public async Task Stdio_EveryTool_AnswersTheSame()
    {
        await using FakeHorreum horreum = await FakeHorreum.StartAsync();
        horreum.State.AddRuns(20, DateTimeOffset.UtcNow);
        await using McpClient client = await McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = [Path.Combine(AppContext.BaseDirectory, "Horreum.Server.dll")],
            EnvironmentVariables = new Dictionary<string, string?>
            {
                ["HORREUM_BASE_URL"] = horreum.Address.AbsoluteUri,
                ["HTTP_MODE_ENABLED"] = "false",
                ["HORREUM_RATE_LIMIT"] = "1000",
            },
        }));

        await AssertCallsAsync(client);
    }

    [Fact]
    public async Task List_Tools_AreAnnotatedAndHideUploadsAndAliases()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        await using McpClient client = await server.ConnectAsync();

        IList<McpClientTool> tools = await client.ListToolsAsync();

        tools.Should().HaveCount(20);
        tools.Select(tool => tool.Name).Should().OnlyHaveUniqueItems().And.NotContain("upload_run").And.NotContain(name => name.Contains('.'));
        tools.Should().OnlyContain(tool => tool.ProtocolTool.Annotations!.ReadOnlyHint == true && tool.ProtocolTool.Annotations.DestructiveHint == false);
        tools.Where(tool => tool.ProtocolTool.OutputSchema is null).Select(tool => tool.Name).Should().BeEquivalentTo("ping", "get_run_data", "get_run_metadata");
        McpClientTool runs = tools.Single(tool => tool.Name == "list_runs");
        runs.Description.Should().Contain("[from, to)");
        runs.JsonSchema.GetProperty("properties").GetProperty("from").GetProperty("description").GetString().Should().Contain("half-open").And.Contain("UTC");
    }

    [Fact]
    public async Task List_WritesEnabled_OffersUpload()
    {
        await using ServerFixture server = await ServerFixture.StartAsync(("HORREUM_ENABLE_WRITES", "true"), ("HORREUM_CONTRACT_NAMING", "snake_case"));
        await using McpClient client = await server.ConnectAsync();

        McpClientTool upload = (await client.ListToolsAsync()).Single(tool => tool.Name == "upload_run");

        upload.ProtocolTool.Annotations!.ReadOnlyHint.Should().BeFalse();
        upload.JsonSchema.GetProperty("properties").TryGetProperty("dry_run", out _).Should().BeTrue();
        CallToolResult dry = await upload.CallAsync(new Dictionary<string, object?> { ["test"] = "t", ["start"] = "now", ["stop"] = "now", ["data"] = "{}", ["dry_run"] = true });
        dry.IsError.Should().NotBe(true);
        dry.StructuredContent!.Value.GetProperty("dry_run").GetBoolean().Should().BeTrue();
        server.Horreum.Journal.Should().BeEmpty();
    }

    [Theory]
    [InlineData("list_runs", """{"test_id":123,"page_size":"abc"}""", "INVALID_REQUEST")]
    [InlineData("list_runs", """{"testId":123,"unknown":1}""", "INVALID_REQUEST")]
    [InlineData("get_run", """{"run_id":99999}""", "NOT_FOUND")]
    [InlineData("no_such_tool", "{}", "NOT_FOUND")]
    public async Task Call_BadInput_AnswersTheContractsError(string tool, string arguments, string code)
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        await using McpClient client = await server.ConnectAsync();

        CallToolResult result = await CallAsync(client, tool, arguments);

        result.IsError.Should().BeTrue();
        result.StructuredContent!.Value.GetProperty("error").GetProperty("code").GetString().Should().Be(code);
        JsonElement.DeepEquals(JsonElement.Parse(Text(result)), result.StructuredContent.Value).Should().BeTrue();
    }

    [Fact]
    public async Task Call_HorreumIsDown_AnswersTheContractsError()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        await using McpClient client = await server.ConnectAsync();
        server.Horreum.Fail(new FakeFault { Status = 503, RetryAfter = "3" });

        foreach (McpClientTool tool in (await client.ListToolsAsync()).Where(tool => tool.Name is not "ping" and not "source_describe"))
        {
            CallToolResult result = await CallAsync(client, tool.Name, tool.Name switch
            {
                "list_all_runs" or "list_tests" or "list_schemas" => "{}",
                "list_runs_by_schema" => """{"schemaUri":"u"}""",
                "get_schema" => """{"id":1}""",
                { } name when name.Contains("dataset", StringComparison.Ordinal) && name != "list_datasets" => """{"datasetId":1}""",
                { } name when name.StartsWith("get_run", StringComparison.Ordinal) && name != "get_run_count" => """{"runId":1}""",
                _ => """{"testId":1}""",
            });

            result.IsError.Should().BeTrue(tool.Name);
            result.StructuredContent!.Value.GetProperty("error").GetProperty("code").GetString().Should().Be("SERVICE_UNAVAILABLE", tool.Name);
            result.StructuredContent.Value.GetProperty("error").GetProperty("retryAfter").GetInt32().Should().Be(3);
        }
    }

    [Fact]
    public async Task Read_Resources_AnswerJsonAndRefuseWhatIsMissing()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        await using McpClient client = await server.ConnectAsync();

        (await client.ListResourceTemplatesAsync()).Select(template => template.UriTemplate).Should().BeEquivalentTo(
            "horreum://tests/{id}", "horreum://schemas/{id}", "horreum://tests/{testId}/runs/{runId}");
        foreach ((string uri, string member) in new[] { ("horreum://tests/123", "name"), ("horreum://schemas/1", "uri"), ("horreum://tests/123/runs/1", "data") })
        {
            TextResourceContents contents = (await client.ReadResourceAsync(new Uri(uri))).Contents.Should().ContainSingle().Subject.Should().BeOfType<TextResourceContents>().Subject;
            contents.MimeType.Should().Be("application/json");
            JsonElement.Parse(contents.Text).TryGetProperty(member, out _).Should().BeTrue();
        }

        foreach ((string uri, string code) in new[] { ("horreum://tests/99999", "NOT_FOUND"), ("horreum://schemas/abc", "INVALID_REQUEST") })
        {
            Func<Task> read = () => client.ReadResourceAsync(new Uri(uri)).AsTask();
            (await read.Should().ThrowAsync<McpException>()).Which.Message.Should().Contain(code);
        }
    }

    [Fact]
    public async Task Connect_ManyClients_AllWork()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        McpClient[] clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.ConnectAsync()));

        foreach (McpClient client in clients)
        {
            Text(await CallAsync(client, "ping", """{"message":"hello"}""")).Should().Be("hello");
            await client.DisposeAsync();
        }
    }

    private static async Task AssertCallsAsync(McpClient client)
    {
        foreach (object[] call in Calls.Cast<object[]>())
        {
            (string tool, string arguments, string member) = ((string)call[0], (string)call[1], (string)call[2]);
            CallToolResult result = await CallAsync(client, tool, arguments);

            result.IsError.Should().NotBe(true, tool + Text(result));
            JsonElement structured = result.StructuredContent!.Value;
            structured.TryGetProperty(member, out _).Should().BeTrue(tool);
            JsonElement text = JsonElement.Parse(Text(result));
            JsonElement.DeepEquals(text, text.ValueKind == JsonValueKind.Array ? structured.GetProperty("items") : structured).Should().BeTrue(tool);
        }

        Text(await CallAsync(client, "ping", "{}")).Should().Be("pong");
        JsonElement.Parse(Text(await CallAsync(client, "get_run_data", """{"runId":1}"""))).TryGetProperty("value", out _).Should().BeTrue();
        Text(await CallAsync(client, "get_run_metadata", """{"runId":2}""")).Should().Be("null");
    }

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool, string arguments) => await client.CallToolAsync(
        tool,
        JsonElement.Parse(arguments).EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value));

    private static string Text(CallToolResult result) => ((TextContentBlock)result.Content[0]).Text;
}
