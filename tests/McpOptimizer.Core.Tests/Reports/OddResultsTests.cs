using System.Text.Json;
using System.Text.Json.Nodes;
using Common;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Calls.Results;
using McpOptimizer.Core.Services.Offerings;
using McpOptimizer.Core.Tests.Backends;
using McpOptimizer.Core.Tests.Fixtures;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared.Backends;

namespace McpOptimizer.Core.Tests.Reports;

/// <summary>Issue 14, 3, 5 and 11: nothing becomes an empty success, and nothing else is rewritten.</summary>
public sealed class OddResultsTests
{
    private const string Picture = "iVBORw0KGgoAAAANSUhEUg==";

    [Theory]
    [InlineData("""{"content":"just text"}""", """[{"type":"text","text":"just text"}]""")]
    [InlineData("""{"content":{"type":"text","text":"one"}}""", """[{"type":"text","text":"one"}]""")]
    [InlineData("""{"content":{"rows":3}}""", """[{"type":"text","text":"{\"rows\":3}"}]""")]
    [InlineData("""{"content":["a",{"type":"text","text":"b"},7,null]}""", """[{"type":"text","text":"a"},{"type":"text","text":"b"},{"type":"text","text":"7"},{"type":"text","text":"null"}]""")]
    [InlineData("""{"content":[{"text":"no type"}]}""", """[{"type":"text","text":"no type"}]""")]
    [InlineData("""{"content":[{"data":"iVBORw0KGgoAAAANSUhEUg==","mimeType":"image/png"}]}""", """[{"type":"image","data":"iVBORw0KGgoAAAANSUhEUg==","mimeType":"image/png"}]""")]
    [InlineData("""{"content":[{"type":"image","data":"iVBORw0KGgoAAAANSUhEUg=="}]}""", """[{"type":"image","data":"iVBORw0KGgoAAAANSUhEUg==","mimeType":"image/png"}]""")]
    [InlineData("""{"toolResult":"as in 2024"}""", """[{"type":"text","text":"as in 2024"}]""")]
    [InlineData("""{"toolResult":{"a":1},"content":[]}""", """[{"type":"text","text":"{\"a\":1}"}]""")]
    [InlineData("""{"structuredContent":{"a":"读"}}""", """[{"type":"text","text":"{\"a\":\"读\"}"}]""")]
    [InlineData("""{"output":"elsewhere","_meta":{"t":1}}""", """[{"type":"text","text":"{\"output\":\"elsewhere\"}"}]""")]
    [InlineData("""{"content":[{"type":"resource","resource":{"uri":"a:b","text":"t","blob":"YQ=="}}]}""", """[{"type":"resource","resource":{"uri":"a:b","text":"t"}},{"type":"resource","resource":{"uri":"a:b","blob":"YQ=="}}]""")]
    [InlineData("""{"content":[]}""", "[]")]
    [InlineData("""{"content":[{"type":"text","text":"t","annotations":{"lastModified":"2025-01-12T15:00:58Z"}},{"type":"hologram","x":null}]}""", """[{"type":"text","text":"t","annotations":{"lastModified":"2025-01-12T15:00:58Z"}},{"type":"hologram","x":null}]""")]
    public void Complete_OddContent_IsReadable(string result, string content)
    {
        JsonObject shaped = ResultShape.Complete((JsonObject)JsonNode.Parse(result)!, out bool isError);

        JsonText.Of(shaped["content"]).Should().Be(content);
        isError.Should().BeFalse();
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"True\"", true)]
    [InlineData("1", true)]
    [InlineData("\"false\"", false)]
    [InlineData("0", false)]
    [InlineData("null", false)]
    public void Complete_ErrorSaidInAnotherWay_IsAnError(string said, bool expected)
    {
        JsonObject shaped = ResultShape.Complete((JsonObject)JsonNode.Parse($$"""{"content":"x","isError":{{said}}}""")!, out bool isError);

        isError.Should().Be(expected);
        (shaped["isError"]?.GetValueKind() ?? JsonValueKind.Null).Should().BeOneOf(JsonValueKind.True, JsonValueKind.False, JsonValueKind.Null);
    }

    [Theory]
    [InlineData("""{"contents":[{"uri":"a:b","text":"t","blob":"YQ=="}]}""", 2)]
    [InlineData("""{"contents":{"uri":"a:b","text":"t"}}""", 1)]
    [InlineData("""{"contents":"text"}""", 1)]
    [InlineData("""{"text":"elsewhere"}""", 1)]
    public void OfResource_OddContents_AreNotLost(string read, int blocks) =>
        OfferingResults.OfResource((JsonObject)JsonNode.Parse(read)!)["content"]!.AsArray().Should().HaveCount(blocks);

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"plain"}]}""", "user: plain")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]}]}""", "user: one|user: two")]
    [InlineData("""{"messages":{"role":"assistant","content":{"type":"text","text":"only"}}}""", "assistant: only")]
    [InlineData("""{"messages":["bare"]}""", "user: bare")]
    public void OfPrompt_OddMessages_AreNotLost(string rendered, string texts) =>
        string.Join('|', OfferingResults.OfPrompt((JsonObject)JsonNode.Parse(rendered)!)["content"]!.AsArray().Select(block => block!["text"]!.GetValue<string>())).Should().Be(texts);

    [Theory]
    [InlineData("2025-06-18", false)]
    [InlineData("2025-11-25", false)]
    [InlineData("2026-07-28", true)]
    public async Task CallTool_StructuredContentThatIsNoObject_IsSentOnlyWhereItIsAllowed(string version, bool structured)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        stub.Server.OddResult = (JsonObject)JsonNode.Parse("""{"content":[],"structuredContent":[1,2]}""")!;
        await using HostedOptimizer optimizer = await HostedOptimizer.StartAsync(new Dictionary<string, Uri> { ["web"] = stub.Url });
        await using McpClient client = await optimizer.ConnectAsync(version: version);

        CallToolResult result = await CallAsync(client, "odd");

        (result.StructuredContent is not null).Should().Be(structured);
        result.Content.OfType<TextContentBlock>().Should().ContainSingle().Which.Text.Should().Be("[1,2]");
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    public async Task CallTool_DeepAnswerOverHttp_ArrivesWhole(int levels)
    {
        string deep = string.Concat(Enumerable.Repeat("[", levels)) + string.Concat(Enumerable.Repeat("]", levels));
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        stub.Server.OddResult = (JsonObject)JsonText.Parse($$"""{"content":[{"type":"text","text":"done"}],"structuredContent":{"tree":{{deep}}} }""")!;
        await using HostedOptimizer optimizer = await HostedOptimizer.StartAsync(new Dictionary<string, Uri> { ["web"] = stub.Url });
        await using McpClient client = await optimizer.ConnectAsync();

        CallToolResult result = await CallAsync(client, "odd");

        result.IsError.Should().NotBeTrue();
        result.Content.OfType<TextContentBlock>().Select(block => block.Text).Should().Equal("done", $$"""{"tree":{{deep}}}""");
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    public async Task CallToolAsync_DeepArguments_ReachTheServer(int levels)
    {
        string deep = string.Concat(Enumerable.Repeat("[", levels)) + string.Concat(Enumerable.Repeat("]", levels));
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        using JsonDocument arguments = JsonDocument.Parse($$"""{"text":"hi","tree":{{deep}}}""", JsonText.Reading);

        BackendCallResult http = await fixture.Backends.CallToolAsync(BackendFixture.Http(stub.Url), "echo", arguments.RootElement, CallContext.None);

        http.Text().Should().Be("hi");
    }

    [Fact]
    public async Task Server_HalfCharactersInListingAndResult_AreReplacedAndTheRestStays()
    {
        await using BackendFixture fixture = new();
        using TempFile raw = new();
        await File.WriteAllTextAsync(raw.Path, new JsonObject
        {
            ["tools/list"] = """{"jsonrpc":"2.0","id":$ID,"result":{"tools":[{"name":"cut","description":"cut \ud83d","inputSchema":{"type":"object"}},{"name":"bad\ud83d","inputSchema":{}},{"name":"fine"}]}}""" + "\n",
            ["cut"] = """{"jsonrpc":"2.0","id":$ID,"result":{"content":[{"type":"text","text":"cut emoji \ud83d"}],"\ude00":1,"structuredContent":{"k":"\u8bfb"}}}""" + "\n",
        }.ToJsonString());
        BackendEndpoint endpoint = BackendFixture.Stdio("s", "--raw", raw.Path);

        BackendToolList list = await fixture.Backends.ListToolsAsync(endpoint);
        BackendCallResult result = await fixture.Backends.CallAsync(endpoint, "cut");

        list.Tools.Select(tool => tool.Name).Should().Equal("cut", "fine");
        list.Tools[0].Description.Should().Be("cut \uFFFD");
        list.Remarks.Should().ContainSingle().Which.Should().Contain("not whole Unicode text");
        JsonText.Of(result.Json).Should().Be("{\"content\":[{\"type\":\"text\",\"text\":\"cut emoji \uFFFD\"}],\"\uFFFD\":1,\"structuredContent\":{\"k\":\"读\"}}");
    }

    [Fact]
    public async Task ListToolsAsync_DeepDefinition_IsThereBesideTheOthers()
    {
        string deep = string.Concat(Enumerable.Repeat("""{"properties":{"a":""", 100)) + "{}" + string.Concat(Enumerable.Repeat("}}", 100));
        await using BackendFixture fixture = new();
        using TempFile raw = new();
        await File.WriteAllTextAsync(raw.Path, new JsonObject
        {
            ["tools/list"] = """{"jsonrpc":"2.0","id":$ID,"result":{"tools":[{"name":"deep","inputSchema":@1},{"name":" spaced "},{"name":"fine"}]}}""".Replace("@1", deep, StringComparison.Ordinal) + "\n",
        }.ToJsonString());

        BackendToolList list = await fixture.Backends.ListToolsAsync(BackendFixture.Stdio("s", "--raw", raw.Path));

        list.Tools.Select(tool => tool.Name).Should().Equal("deep", "fine");
        list.Remarks.Should().ContainSingle().Which.Should().Contain("white space");
    }

    [Theory]
    [InlineData("call_tool", false)]
    [InlineData("call_tool", true)]
    [InlineData("call_tools", false)]
    [InlineData("call_tools", true)]
    public async Task Calls_HostAuthorization_ReachesTheBackendWhateverTheClientCan(string tool, bool asks)
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("shop");
        optimizer.Backends.Set("shop", "echo");
        await optimizer.StartAsync();
        List<CallContext> seen = [];
        optimizer.Backends.Respond = (_, context) =>
        {
            seen.Add(context);
            return new JsonObject { ["content"] = new JsonArray() };
        };
        CallContext context = new()
        {
            SessionId = "s",
            Caller = "c",
            Authorization = "own",
            HostAuthorization = "host",
            Meta = new JsonObject { ["trace"] = 1 },
            AnswersLater = asks,
            AnswerableMethods = asks ? new HashSet<string> { CallerMethods.Elicit, CallerMethods.Sample } : new HashSet<string>(),
        };
        IToolCallService calls = optimizer.Get<IToolCallService>();
        ToolCallRequest request = new() { ServerName = "shop", ToolName = "echo" };

        if (tool == "call_tool")
        {
            await calls.CallAsync(request, VisibilityScope.Everything, context);
        }
        else
        {
            await calls.CallManyAsync([request], VisibilityScope.Everything, context with { OnRequest = null, AnswersLater = false });
        }

        seen.Should().ContainSingle().Which.Should().Match<CallContext>(
            one => one.HostAuthorization == "host" && one.Authorization == "own" && one.SessionId == "s" && one.Caller == "c" && one.Meta!["trace"]!.GetValue<int>() == 1);
    }

    [Fact]
    public void ToString_Context_NeverShowsCredentials() =>
        new CallContext { Caller = "c", Authorization = "own secret", HostAuthorization = "host secret" }.ToString().Should().NotContain("secret");

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool)
    {
        for (int tries = 0; ; tries++)
        {
            CallToolResult result = await client.CallToolAsync("call_tool", new Dictionary<string, object?> { ["server_name"] = "web", ["tool_name"] = tool });
            if (result.IsError != true || tries == 100)
            {
                return result;
            }

            // The first listing may still be under way.
            await Task.Delay(100);
        }
    }
}
