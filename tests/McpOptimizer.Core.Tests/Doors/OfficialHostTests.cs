using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Core.Tests.Backends;
using McpOptimizer.Core.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Shared.Backends;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Doors;

/// <summary>The optimizer behind the SDK's own HTTP endpoint, which builds its options anew for each session and request.</summary>
public sealed class OfficialHostTests : IDisposable
{
    private const string Handshake = "2025-11-25";
    private const string PerRequest = "2026-07-28";

    // After a change was told, the next one is held back this long; a third of it more for whatever was on the way.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Handshake)]
    [InlineData(PerRequest)]
    public async Task MapMcp_EachEra_FindsCallsAndTellsOfAChangeOnce(string version)
    {
        await using StubHttpBackend backend = await StubHttpBackend.StartAsync();
        await using WebApplication app = await StartAsync(backend.Url);
        await using McpClient client = await ConnectAsync(app, version);
        await Eventually.IsAsync(async () => (await FindAsync(client)).Contains("\"echo\"", StringComparison.Ordinal));
        await Eventually.IsAsync(async () => (await client.ListToolsAsync()).Any(tool => tool.Name == "find_prompt"), "the stub's prompts, the last of what it has");
        CallToolResult called = await client.CallToolAsync("call_tool", new Dictionary<string, object?>
        {
            ["server_name"] = "one",
            ["tool_name"] = "echo",
            ["parameters"] = new Dictionary<string, object?> { ["text"] = "through the official door" },
        });
        called.Content.OfType<TextContentBlock>().Single().Text.Should().Be("through the official door");

        int told = 0;
        await using IAsyncDisposable listening = client.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, _) =>
        {
            Interlocked.Increment(ref told);
            return ValueTask.CompletedTask;
        });
        Task subscription = version == PerRequest
            ? client.SendRequestAsync(new JsonRpcRequest { Method = "subscriptions/listen", Params = JsonNode.Parse("""{"notifications":{"toolsListChanged":true}}""") })
            : Task.CompletedTask;

        // What the start brings may come late on a loaded machine: only after silence is the next notification about our change.
        int before;
        do
        {
            before = Volatile.Read(ref told);
            await Task.Delay(Quiet);
        }
        while (Volatile.Read(ref told) != before);

        backend.Server.ExtraTools.Add("paint");
        backend.Notify(StubServer.Changed("tools"));
        await Eventually.IsAsync(() => Volatile.Read(ref told) > before);
        await Task.Delay(Quiet);

        Volatile.Read(ref told).Should().Be(before + 1, "one change is one notification");

        // A subscription that is open does not hold the host up.
        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await subscription.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task MapMcp_ManyRequests_NothingIsKeptOfThem()
    {
        await using StubHttpBackend backend = await StubHttpBackend.StartAsync();
        await using WebApplication app = await StartAsync(backend.Url);
        await using McpClient client = await ConnectAsync(app, PerRequest);
        IOptionsFactory<McpServerOptions> factory = app.Services.GetRequiredService<IOptionsFactory<McpServerOptions>>();

        WeakReference[] made = [.. Enumerable.Range(0, 200).Select(_ => Make(factory))];
        await client.ListToolsAsync();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        made.Count(reference => reference.IsAlive).Should().BeLessThan(5, "options of a request that is over are forgotten");

        static WeakReference Make(IOptionsFactory<McpServerOptions> factory) => new(factory.Create(Options.DefaultName).ToolCollection!);
    }

    private static async Task<string> FindAsync(McpClient client)
    {
        CallToolResult found = await client.CallToolAsync("find_tool", new Dictionary<string, object?> { ["tool_description"] = "echo a message" });
        return found.StructuredContent!.Value.GetRawText();
    }

    private static Task<McpClient> ConnectAsync(WebApplication app, string version) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(new Uri(app.Urls.First()), "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }),
        new McpClientOptions { ProtocolVersion = version });

    private async Task<WebApplication> StartAsync(Uri backend)
    {
        SQLitePCL.Batteries_V2.Init();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        FakeWorkloadSource workloads = new();
        workloads.Workloads.Add(new WorkloadDescriptor
        {
            Name = "one",
            Endpoint = BackendFixture.Http(backend, "one"),
            Identifier = backend.OriginalString,
            Remote = true,
            Status = ServerStatus.Running,
        });
        builder.Services.AddMcpOptimizer(options =>
        {
            options.Store.DatabasePath = _folder.Combine("optimizer.db");
            options.Ingestion.RegistryHeadStart = TimeSpan.Zero;
            options.Trust.Servers["*"] = new TrustServerSettings { Additions = TrustAdditions.Trust };
        });
        builder.Services.AddSingleton<IWorkloadSource>(workloads);
        builder.Services.AddMcpServer().WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.StatefulForInitializeClients);
        builder.Services.AddMcpOptimizerTools();
        WebApplication app = builder.Build();
        app.MapMcp("/mcp");
        await app.StartAsync();
        return app;
    }
}
