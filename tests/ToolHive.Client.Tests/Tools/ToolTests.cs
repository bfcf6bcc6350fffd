using System.Text.Json;
using Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Shared.Conventions;
using Shared.ToolHive;
using ToolHive.Client.Tools;

namespace ToolHive.Client.Tests.Tools;

/// <summary>The tools through a real MCP client, over HTTP, against a running host.</summary>
public sealed class ToolTests : IAsyncLifetime
{
    private FakeToolHive _fake = null!;
    private WebApplication _app = null!;
    private McpClient _client = null!;

    public async Task InitializeAsync()
    {
        _fake = await FakeToolHive.StartAsync();
        (_app, _client) = await HostAsync(new ToolHiveToolsOptions { AllowChanges = true });
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _app.DisposeAsync();
        await _fake.DisposeAsync();
    }

    [Fact]
    public void Create_Tools_SayOfThemselvesWhatWasReviewed() =>
        ToolListing.Compare(ToolHiveTools.Create(new ToolHiveToolsOptions { AllowChanges = true }), "ToolHive.Client.Tests").Should().BeEmpty("a change of what models see is reviewed");

    [Fact]
    public async Task ListTools_ByDefault_OnlyReads()
    {
        (WebApplication app, McpClient client) = await HostAsync(null);

        IList<McpClientTool> tools = await client.ListToolsAsync();

        tools.Select(tool => tool.Name).Should().BeEquivalentTo(
            "list_servers", "get_server", "get_server_logs", "search_registry", "get_registry_server", "list_groups");
        tools.Should().OnlyContain(tool => tool.ProtocolTool.Annotations!.ReadOnlyHint == true && tool.ProtocolTool.OutputSchema != null);
        await client.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task ListTools_WithChanges_AreAnnotatedHonestly()
    {
        Dictionary<string, ToolAnnotations> annotations = (await _client.ListToolsAsync()).ToDictionary(
            tool => tool.Name, tool => tool.ProtocolTool.Annotations!);

        annotations.Should().HaveCount(10);
        annotations["remove_server"].DestructiveHint.Should().BeTrue();
        annotations["run_server"].ReadOnlyHint.Should().NotBe(true);
    }

    [Fact]
    public async Task ListServers_Group_IsFiltered()
    {
        _fake.AddWorkload("time", "http://127.0.0.1:21001/mcp", workload => workload.Group = "team");
        _fake.AddWorkload("other");

        JsonElement result = await CallAsync("list_servers", new { group = "team" });

        result.GetProperty("total").GetInt32().Should().Be(1);
        result.GetProperty("servers")[0].ToString().Should().Be(
            """{"name":"time","status":"running","group":"team","url":"http://127.0.0.1:21001/mcp","transport":"streamable-http","remote":false}""");
    }

    [Fact]
    public async Task GetServer_Known_ShowsNamesOfVariablesAndNoValues()
    {
        _fake.AddWorkload(
            "time", configure: workload =>
                workload.Request = System.Text.Json.Nodes.JsonNode.Parse(
                    """{"env_vars":{"TOKEN":"hidden-value"},"secrets":[{"name":"gh","target":"GH"}]}""")!.AsObject());

        JsonElement result = await CallAsync("get_server", new { name = "time" });

        result.ToString().Should().Contain("\"TOKEN\"").And.Contain("gh as GH").And.NotContain("hidden-value");
    }

    [Theory]
    [InlineData("get_server")]
    [InlineData("get_server_logs")]
    [InlineData("stop_server")]
    [InlineData("restart_server")]
    [InlineData("remove_server")]
    public async Task NamedServer_Mistyped_NamesTheNearest(string tool)
    {
        _fake.AddWorkload("github");

        (await FailAsync(tool, new { name = "gihtub" })).Should().Contain("ToolHive has no workload 'gihtub'. Did you mean 'github'?");
    }

    [Fact]
    public async Task GetServerLogs_Lines_AreTheLast()
    {
        _fake.AddWorkload("time", configure: workload => Enumerable.Range(1, 500).ToList().ForEach(number => workload.Logs.Add($"line {number}")));

        JsonElement result = await CallAsync("get_server_logs", new { name = "time", lines = 2 });

        result.GetProperty("lines").ToString().Should().Be("""["line 499","line 500"]""");
        (await FailAsync("get_server_logs", new { name = "time", lines = 0 })).Should().Contain("1 to 1000");
    }

    [Fact]
    public async Task SearchAndShowRegistry_Entry_TellsItsSettings()
    {
        _fake.AddRegistryEntry(
            new FakeRegistryEntry
            {
                Name = "io.x/github",
                Image = "ghcr.io/github:1",
                Tools = { "create_issue" },
                EnvVars = { new FakeSetting("GITHUB_TOKEN", "A token", true, true) }
            });

        JsonElement found = await CallAsync("search_registry", new { query = "issue" });
        JsonElement shown = await CallAsync("get_registry_server", new { name = found.GetProperty("servers")[0].GetProperty("name").GetString() });

        shown.GetProperty("settings")[0].ToString().Should().Be(
            """{"name":"GITHUB_TOKEN","kind":"environment","description":"A token","required":true,"secret":true}""");
        (await FailAsync("get_registry_server", new { name = "none" })).Should().Contain("Find it with search_registry");
    }

    [Fact]
    public async Task RunStopRestartRemove_Server_GoesThroughItsLife()
    {
        _fake.AddRegistryEntry(
            new FakeRegistryEntry { Name = "io.x/fetch", Image = "ghcr.io/x/fetch:1", EnvVars = { new FakeSetting("KEY", "A key", true, true) } });

        JsonElement missing = await CallAsync("run_server", new { server = "io.x/fetch" });
        JsonElement started = await CallAsync("run_server", new { server = "io.x/fetch", secrets = new Dictionary<string, string> { ["KEY"] = "stored-key" } });
        JsonElement again = await CallAsync("run_server", new { server = "io.x/fetch", secrets = new Dictionary<string, string> { ["KEY"] = "stored-key" } });
        JsonElement stopped = await CallAsync("stop_server", new { name = "fetch" });
        JsonElement restarted = await CallAsync("restart_server", new { name = "fetch" });
        JsonElement removed = await CallAsync("remove_server", new { name = "fetch" });

        new[] { missing, started, again, stopped, restarted, removed }.Select(result => result.GetProperty("status").GetString())
            .Should().Equal("missing_settings", "running", "already_running", "stopped", "running", "removed");
        missing.GetProperty("missing_settings")[0].GetProperty("description").GetString().Should().Be("A key");
        _fake.Workloads.Should().BeEmpty();
    }

    [Fact]
    public async Task ListGroups_Groups_AreListed()
    {
        _fake.AddWorkload("a", configure: workload => workload.Group = "team");

        (await CallAsync("list_groups", new { })).ToString().Should().Be("""{"groups":[{"name":"default","clients":[]},{"name":"team","clients":[]}]}""");
    }

    [Theory]
    [InlineData("get_server", """{"nam":"x"}""", "get_server has no argument 'nam'. Did you mean 'name'?")]
    [InlineData("get_server", """{"name":null}""", "get_server needs 'name': a text.")]
    [InlineData("get_server_logs", """{"name":"x","lines":"many"}""", "'lines' is \"many\"; expected an integer.")]
    [InlineData("run_server", """{"server":"x","settings":["KEY"]}""", "expected an object of texts.")]
    public async Task AnyTool_BadArguments_AreNamed(string tool, string arguments, string message) =>
        (await FailAsync(tool, JsonElement.Parse(arguments))).Should().Contain(message);

    [Fact]
    public async Task ListServers_ToolHiveAway_SaysWhatToDo()
    {
        await _fake.StopAsync();

        (await FailAsync("list_servers", new { })).Should().Contain("Start it with 'thv serve'");
    }

    [Fact]
    public void Create_Prefix_IsCheckedAndUsed()
    {
        ToolHiveTools.Create(new ToolHiveToolsOptions { Prefix = "toolhive_" }).Should().OnlyContain(tool => tool.ProtocolTool.Name.StartsWith("toolhive_"));
        FluentActions.Invoking(() => ToolHiveTools.Create(new ToolHiveToolsOptions { Prefix = "a b" })).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void AddToolHiveTools_TwiceAndWithAPrefix_OffersEachNameOnce()
    {
        ServiceCollection services = [];

        services.AddToolHiveTools();
        services.AddToolHiveTools(options => options.AllowChanges = true);
        services.AddToolHiveTools(options => options.Prefix = "toolhive_");

        using ServiceProvider provider = services.BuildServiceProvider();
        string[] names = [.. provider.GetServices<McpServerTool>().Select(tool => tool.ProtocolTool.Name)];
        names.Should().OnlyHaveUniqueItems().And.HaveCount(16).And.Contain(["list_servers", "run_server", "toolhive_list_servers"]);
        provider.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public void AddToolHiveTools_NameOfAnotherPackage_StopsTheHostAndNamesBoth()
    {
        ServiceCollection services = [];
        services.AddSingleton(McpServerTool.Create(() => "mine", new McpServerToolCreateOptions { Name = "list_servers" }));
        services.AddToolHiveTools();
        using ServiceProvider provider = services.BuildServiceProvider();

        FluentActions.Invoking(() => provider.GetRequiredService<IStartupValidator>().Validate()).Should().Throw<OptionsValidationException>()
            .WithMessage("*'list_servers'*ToolHive.Client.Tests.Tools.ToolTests*ToolHive.Client.Tools.ServerTools (ToolHive.Client)*");
    }

    private async Task<(WebApplication App, McpClient Client)> HostAsync(ToolHiveToolsOptions? tools)
    {
        McpHostOptions options = new() { Name = "toolhive", Version = "1.0.0", Urls = ["http://127.0.0.1:0"] };
        WebApplication app = (WebApplication)McpHost.Build(options, [], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddToolHiveClient(client =>
            {
                client.BaseAddress = _fake.BaseAddress;
                client.InitialBackoff = client.MaxBackoff = TimeSpan.FromMilliseconds(20);
                client.MaxRetryDuration = TimeSpan.FromMilliseconds(200);
            });
            builder.Services.AddToolHiveTools(chosen => chosen.AllowChanges = tools?.AllowChanges ?? false);
            builder.Services.AddMcpServer();
        });
        await app.StartAsync();
        HttpClientTransport transport = new(
            new HttpClientTransportOptions { Endpoint = new Uri(new Uri(app.Urls.First()), "/mcp"), TransportMode = HttpTransportMode.StreamableHttp });
        return (app, await McpClient.CreateAsync(transport));
    }

    private async Task<JsonElement> CallAsync(string tool, object arguments)
    {
        CallToolResult result = await SendAsync(tool, arguments);
        result.IsError.Should().NotBe(true, Text(result));
        return result.StructuredContent!.Value;
    }

    private async Task<string> FailAsync(string tool, object arguments)
    {
        CallToolResult result = await SendAsync(tool, arguments);
        result.IsError.Should().BeTrue();
        return Text(result);
    }

    private async Task<CallToolResult> SendAsync(string tool, object arguments) =>
        await _client.CallToolAsync(
            tool, JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value));

    private static string Text(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
}
