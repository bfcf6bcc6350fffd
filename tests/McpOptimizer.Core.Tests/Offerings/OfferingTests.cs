using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Tests.Fixtures;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared.Backends;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Offerings;

/// <summary>Resources and prompts of real backends, for a real client over HTTP.</summary>
public sealed class OfferingTests
{
    private static readonly string[] OfferingTools = ["find_prompt", "find_resource", "get_prompt", "read_resource"];

    [Fact]
    public async Task Client_FindsAndReadsAResource()
    {
        await using Scene scene = await Scene.StartAsync();
        await using McpClient client = await scene.ConnectAsync();

        CallToolResult found = await AskAsync(client, "find_resource", new { description = "holiday calendar of the company" });
        CallToolResult read = await AskAsync(client, "read_resource", new { server_name = "docs", uri = "docs://calendar" });
        CallToolResult bare = await AskAsync(client, "read_resource", new { uri = "docs://calendar" });

        JsonElement best = found.StructuredContent!.Value.GetProperty("resources")[0];
        best.GetProperty("uri").GetString().Should().Be("docs://calendar");
        best.GetProperty("mcp_server_name").GetString().Should().Be("docs");
        TextResourceContents contents = (TextResourceContents)read.Content.OfType<EmbeddedResourceBlock>().Single().Resource;
        contents.Uri.Should().Be("docs://calendar");
        contents.Text.Should().Be("content of one");
        bare.Content.OfType<EmbeddedResourceBlock>().Should().ContainSingle("the address is listed once");
        CallAuditRecord record = scene.Optimizer.Audit.Records.First(record => record.Method == "resources/read");
        record.ServerName.Should().Be("docs");
        record.ToolName.Should().Be("docs://calendar");
        record.Status.Should().Be(ToolCallStatus.Succeeded);
    }

    [Fact]
    public async Task Client_FindsAndRendersAPrompt()
    {
        await using Scene scene = await Scene.StartAsync();
        await using McpClient client = await scene.ConnectAsync();

        CallToolResult found = await AskAsync(client, "find_prompt", new { description = "greet a person politely" });
        CallToolResult rendered = await AskAsync(client, "get_prompt", new { server_name = "docs", prompt_name = "greet", arguments = new { who = "Ada" } });

        found.StructuredContent!.Value.GetProperty("prompts")[0].GetProperty("name").GetString().Should().Be("greet");
        Text(rendered).Should().Be("user: Hello Ada");
        rendered.StructuredContent!.Value.GetProperty("messages")[0].GetProperty("content").GetProperty("text").GetString().Should().Be("Hello Ada");
        scene.Optimizer.Audit.Records.Should().Contain(record => record.Method == "prompts/get" && record.ToolName == "greet" && record.Status == ToolCallStatus.Succeeded);
    }

    [Theory]
    [InlineData("read_resource", """{"server_name":"dox","uri":"docs://calendar"}""", "Did you mean 'docs'?")]
    [InlineData("read_resource", """{"uri":"docs://nothing"}""", "server_name")]
    [InlineData("get_prompt", """{"prompt_name":"greet"}""", "lacks 'who'")]
    [InlineData("get_prompt", """{"prompt_name":"greet","arguments":{"who":"a","whom":"b"}}""", "does not know 'whom'")]
    [InlineData("get_prompt", """{"prompt_name":"greet","arguments":{"who":{}}}""", "an object of strings")]
    [InlineData("get_prompt", """{"prompt_name":"gret"}""", "Did you mean 'greet'?")]
    [InlineData("find_resource", """{"need":"x"}""", "'need'")]
    public async Task BadArguments_SayWhatIsExpected(string tool, string arguments, string expected)
    {
        await using Scene scene = await Scene.StartAsync();
        await using McpClient client = await scene.ConnectAsync();

        CallToolResult result = await client.CallToolAsync(tool, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!);

        result.IsError.Should().BeTrue();
        Text(result).Should().Contain(expected);
    }

    [Fact]
    public async Task LargeResource_IsCutAndReadOn()
    {
        await using Scene scene = await Scene.StartAsync(options => options.Responses.MaxTokens = 200);
        scene.Docs.Server.ResourceText = string.Join(' ', Enumerable.Range(0, 5_000));
        await using McpClient client = await scene.ConnectAsync();

        CallToolResult cut = await AskAsync(client, "read_resource", new { server_name = "docs", uri = "docs://calendar" });
        string notice = Text(cut);
        string handle = notice[(notice.IndexOf("handle \"", StringComparison.Ordinal) + 8)..].Split('"')[0];
        CallToolResult rest = await AskAsync(client, "read_result", new { handle, offset = scene.Docs.Server.ResourceText.Length - 4 });

        ((TextResourceContents)cut.Content.OfType<EmbeddedResourceBlock>().Single().Resource).Text.Length.Should().BeLessThan(1_000);
        Text(rest).Should().Be("4999");
    }

    [Fact]
    public async Task BackendThatFails_HarmsNobody_AndWhatIsKnownStays()
    {
        await using Scene scene = await Scene.StartAsync();
        await using McpClient client = await scene.ConnectAsync();

        scene.Docs.Status = 500;
        await scene.RefreshAsync();
        CallToolResult found = await AskAsync(client, "find_resource", new { description = "holiday calendar" });
        CallToolResult read = await AskAsync(client, "read_resource", new { uri = "docs://calendar" });

        found.StructuredContent!.Value.GetProperty("resources").GetArrayLength().Should().BeGreaterThan(0);
        read.IsError.Should().BeTrue();
        Text(read).Should().Contain("Server 'docs'");
        Text(await AskAsync(client, "call_tool", new { server_name = "plain", tool_name = "echo", parameters = new { text = "fine" } })).Should().Be("fine");
    }

    [Fact]
    public async Task Tools_AreListedOnlyForCallersWhoSeeSomething()
    {
        await using Scene scene = await Scene.StartAsync(WithProfiles);
        await using McpClient all = await scene.ConnectAsync();
        await using McpClient none = await scene.Optimizer.ConnectAsync("/mcp/plain-only");
        await using McpClient prompts = await scene.Optimizer.ConnectAsync("/mcp/greet-only");

        (await NamesAsync(all)).Should().Contain(OfferingTools);
        (await NamesAsync(none)).Should().NotContain(OfferingTools);
        (await NamesAsync(prompts)).Should().Contain("find_prompt").And.NotContain("find_resource");
    }

    [Fact]
    public async Task SwitchedOff_NothingIsOfferedNorAsked()
    {
        await using StubHttpBackend docs = await StubHttpBackend.StartAsync();
        await using HostedOptimizer optimizer = await HostedOptimizer.StartAsync(
            new Dictionary<string, Uri> { ["docs"] = docs.Url }, options => (options.Offerings.Resources, options.Offerings.Prompts) = (false, false));
        await using McpClient client = await optimizer.ConnectAsync();
        await Eventually.IsAsync(() => docs.Server.Journal.Any(line => line.StartsWith("tools/list", StringComparison.Ordinal)));

        (await NamesAsync(client)).Should().NotContain(OfferingTools);
        docs.Server.Journal.Should().NotContain(line => line.StartsWith("resources/", StringComparison.Ordinal) || line.StartsWith("prompts/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("plain-only", "docs://calendar")]
    [InlineData("greet-only", "docs://calendar")]
    [InlineData("no-secrets", "docs://files/secret/plan")]
    [InlineData("no-secrets", "docs://files/open/../secret/plan")]
    [InlineData("no-secrets", "DOCS://files/secret/plan")]
    [InlineData("no-secrets", "docs://files/%73ecret/plan")]
    public async Task HiddenResource_ReadsLikeAnAbsentOne(string profile, string uri)
    {
        await using Scene scene = await Scene.StartAsync(WithProfiles);
        await using McpClient client = await scene.Optimizer.ConnectAsync("/mcp/" + profile);

        CallToolResult found = await AskAsync(client, "find_resource", new { description = "secret plan and holiday calendar", limit = 50 });
        CallToolResult read = await AskAsync(client, "read_resource", new { server_name = "docs", uri });

        found.StructuredContent!.Value.GetProperty("resources").EnumerateArray()
            .Should().NotContain(resource => resource.ToString().Contains("secret", StringComparison.Ordinal) || profile != "no-secrets");
        read.IsError.Should().BeTrue();
        Text(read).Should().MatchRegex("There is no running server|has no resource");
        scene.Docs.Server.Journal.Should().NotContain(line => line.StartsWith("resources/read", StringComparison.Ordinal), "the backend is not even asked");
    }

    [Fact]
    public async Task HiddenPrompt_ReadsLikeAnAbsentOne()
    {
        await using Scene scene = await Scene.StartAsync(WithProfiles);
        await using McpClient client = await scene.Optimizer.ConnectAsync("/mcp/plain-only");

        string hidden = Text(await AskAsync(client, "get_prompt", new { server_name = "docs", prompt_name = "greet" }));
        string absent = Text(await AskAsync(client, "get_prompt", new { server_name = "docs", prompt_name = "absent" }));

        hidden.Replace("greet", "X", StringComparison.Ordinal).Should().Be(absent.Replace("absent", "X", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Profile_ReadOnly_ReadsResources()
    {
        await using Scene scene = await Scene.StartAsync(WithProfiles);
        await using McpClient client = await scene.Optimizer.ConnectAsync("/mcp/reader");

        (await AskAsync(client, "read_resource", new { server_name = "docs", uri = "docs://linked/but/not/listed" })).IsError.Should().NotBe(true);
    }

    [Fact]
    public async Task BackendAddsResources_TheyAreFound_AndClientsAreTold()
    {
        await using StubHttpBackend docs = await StubHttpBackend.StartAsync();
        docs.Server.Resources.Clear();
        docs.Server.Prompts.Clear();
        await using HostedOptimizer optimizer = await HostedOptimizer.StartAsync(
            new Dictionary<string, Uri> { ["docs"] = docs.Url }, options => options.Trust.Servers["docs"] = new TrustServerSettings { Additions = Models.Trust.TrustAdditions.Trust });
        await using McpClient client = await optimizer.ConnectAsync(version: "2025-11-25");
        int told = 0;
        await using IAsyncDisposable listening = client.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, _) =>
        {
            Interlocked.Increment(ref told);
            return ValueTask.CompletedTask;
        });
        await Eventually.IsAsync(() => docs.Server.Journal.Any(line => line.StartsWith("prompts/list", StringComparison.Ordinal)) && docs.Requests.Contains("STREAM OPEN"));
        (await NamesAsync(client)).Should().NotContain("find_prompt");
        int before = Volatile.Read(ref told);

        docs.Server.Prompts.Add(new JsonObject { ["name"] = "summarise", ["description"] = "Summarises a text." });
        docs.Notify(StubServer.Changed("prompts"));

        await Eventually.IsAsync(() => Volatile.Read(ref told) > before);
        (await NamesAsync(client)).Should().Contain("find_prompt");
        (await AskAsync(client, "find_prompt", new { description = "summarise" })).StructuredContent!.Value.GetProperty("prompts").GetArrayLength().Should().Be(1);
    }

    private static void WithProfiles(McpOptimizerOptions options)
    {
        options.Profiles["plain-only"] = new ProfileSettings { Servers = ["plain"] };
        options.Profiles["greet-only"] = new ProfileSettings { AllowTools = ["docs/greet", "plain/echo"] };
        options.Profiles["no-secrets"] = new ProfileSettings { DenyTools = ["docs/docs://files/secret/*"] };
        options.Profiles["reader"] = new ProfileSettings { ReadOnly = true };
    }

    private static async Task<string[]> NamesAsync(McpClient client) => [.. (await client.ListToolsAsync()).Select(tool => tool.Name)];

    private static async Task<CallToolResult> AskAsync(McpClient client, string tool, object arguments) =>
        await client.CallToolAsync(tool, JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value));

    private static string Text(CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    /// <summary>One backend with resources and prompts, one without, and the optimizer after its first look at both.</summary>
    private sealed class Scene(StubHttpBackend docs, StubHttpBackend plain, HostedOptimizer optimizer) : IAsyncDisposable
    {
        public StubHttpBackend Docs => docs;

        public HostedOptimizer Optimizer => optimizer;

        public static async Task<Scene> StartAsync(Action<McpOptimizerOptions>? configure = null)
        {
            StubHttpBackend docs = await StubHttpBackend.StartAsync();
            docs.Server.Resources.Clear();
            docs.Server.Resources.Add(Resource("docs://calendar", "calendar", "Public holidays and company days."));
            docs.Server.Resources.Add(Resource("docs://handbook", "handbook", "How we work."));
            docs.Server.Resources.Add(Resource("docs://files/secret/plan", "plan", "The secret plan."));
            docs.Server.Prompts.Clear();
            docs.Server.Prompts.Add(new JsonObject
            {
                ["name"] = "greet",
                ["description"] = "Greets a person.",
                ["arguments"] = new JsonArray(new JsonObject { ["name"] = "who", ["required"] = true }),
            });
            docs.Server.Prompts.Add(new JsonObject { ["name"] = "review", ["description"] = "Reviews code." });
            StubHttpBackend plain = await StubHttpBackend.StartAsync();
            plain.Server.HasOfferings = false;
            Scene scene = new(docs, plain, await HostedOptimizer.StartAsync(new Dictionary<string, Uri> { ["docs"] = docs.Url, ["plain"] = plain.Url }, configure));
            await using McpClient client = await scene.Optimizer.ConnectAsync();
            await Eventually.IsAsync(async () => (await NamesAsync(client)).Intersect(OfferingTools).Count() == OfferingTools.Length && (await CountAsync(client)) == 28);
            return scene;
        }

        public Task<McpClient> ConnectAsync() => optimizer.ConnectAsync();

        public Task RefreshAsync() => ((Core.Services.Ingestion.IIngestionService)optimizer.Services.GetService(typeof(Core.Services.Ingestion.IIngestionService))!).IngestOfferingsAsync();

        public async ValueTask DisposeAsync()
        {
            await optimizer.DisposeAsync();
            await docs.DisposeAsync();
            await plain.DisposeAsync();
        }

        private static async Task<int> CountAsync(McpClient client) =>
            (await client.CallToolAsync("list_tools")).StructuredContent!.Value.GetProperty("result").GetArrayLength();

        private static JsonObject Resource(string uri, string name, string description) => new() { ["uri"] = uri, ["name"] = name, ["description"] = description };
    }
}
