using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Ingestion;
using McpOptimizer.Core.Services.Install;
using McpOptimizer.Core.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shared.Backends;
using Shared.Testing;
using Shared.ToolHive;

namespace McpOptimizer.Core.Tests.Sources;

/// <summary>The optimizer on a stub ToolHive with faults, and stub backends reached over real HTTP.</summary>
public sealed class ToolHiveSourceTests : IAsyncLifetime, IDisposable
{
    private const string RemoteUrl = "https://mcp.notion.com/mcp";

    private readonly TemporaryFolder _folder = new();
    private readonly SettableCaller _caller = new();
    private FakeToolHive _toolHive = null!;
    private StubHttpBackend _backend = null!;
    private ServiceProvider _services = null!;

    private IIngestionService Ingestion => _services.GetRequiredService<IIngestionService>();

    public async Task InitializeAsync()
    {
        SQLitePCL.Batteries_V2.Init();
        _toolHive = await FakeToolHive.StartAsync();
        _backend = await StubHttpBackend.StartAsync();
        _toolHive.WriteDiscoveryFile(DiscoveryPath);
        _services = Build();
        await Ingestion.LoadAsync();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _backend.DisposeAsync();
        await _toolHive.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Poll_ContainerAndRemote_AreLinkedFoundAndCalled()
    {
        _toolHive.AddRegistryEntry(new FakeRegistryEntry { Name = "io.example/stub", Image = "ghcr.io/example/stub:1.0" });
        _toolHive.AddRegistryEntry(new FakeRegistryEntry { Name = "com.notion/mcp", Url = RemoteUrl });
        _toolHive.AddWorkload("stub", _backend.Url.ToString(), workload => workload.Package = "ghcr.io/example/stub:1.0");
        _toolHive.AddRemoteWorkload("my-notes", _backend.Url.ToString(), RemoteUrl);

        IngestionReport report = await PollAsync();

        report.Problems.Should().BeEmpty();
        (await RowAsync("stub")).RegistryServerName.Should().Be("io.example/stub");
        (await RowAsync("my-notes")).RegistryServerName.Should().Be("com.notion/mcp");
        ToolCallOutcome outcome = await _services.GetRequiredService<IToolCallService>().CallAsync(
            new ToolCallRequest { ServerName = "my-notes", ToolName = "echo", Arguments = System.Text.Json.JsonSerializer.SerializeToElement(new { text = "hi" }) }, VisibilityScope.Everything, CallContext.None);
        outcome.Result["content"]![0]!["text"]!.GetValue<string>().Should().Be("hi");
    }

    [Theory]
    [InlineData("404")]
    [InlineData("500")]
    [InlineData("bad-json")]
    [InlineData("no-url")]
    public async Task Poll_DetailOfARemoteFails_LeavesThatWorkloadAsItWas(string fault)
    {
        _toolHive.AddRegistryEntry(new FakeRegistryEntry { Name = "com.notion/mcp", Url = RemoteUrl });
        FakeWorkload notes = _toolHive.AddRemoteWorkload("my-notes", _backend.Url.ToString(), RemoteUrl);
        _toolHive.AddWorkload("other", _backend.Url.ToString());
        await PollAsync();
        const string detail = "/api/v1beta/workloads/my-notes";

        // A new start, so that what is known of the detail must be read again.
        notes.StartedAt = "2026-02-02T02:02:02Z";
        switch (fault)
        {
            case "404":
                _toolHive.Faults.Fail(detail, 404, "not found");
                break;
            case "500":
                _toolHive.Faults.Fail(detail, 500);
                break;
            case "bad-json":
                _toolHive.Faults.Add(FaultKind.TruncatedJson, detail);
                break;
            default:
                notes.RemoteUrl = null;
                break;
        }

        IngestionReport report = await PollAsync();

        report.Deleted.Should().Be(0);
        (await RowAsync("my-notes")).RegistryServerName.Should().Be("com.notion/mcp");
        Names().Should().Contain("my-notes/echo").And.Contain("other/echo");
    }

    [Fact]
    public async Task Poll_PartlyInvalidListing_KeepsWhatCannotBeRead()
    {
        FakeWorkload odd = _toolHive.AddWorkload("odd", _backend.Url.ToString());
        _toolHive.AddWorkload("fine", _backend.Url.ToString());
        await PollAsync();
        odd.RawElement = new JsonObject { ["name"] = "odd", ["url"] = new JsonArray(1, 2), ["status"] = new JsonObject() };

        IngestionReport report = await PollAsync();

        report.Deleted.Should().Be(0);
        (await RowAsync("odd")).Should().NotBeNull();
        Names().Should().Contain("fine/echo");
    }

    [Theory]
    [InlineData("policy_stopped")]
    [InlineData("auth_retrying")]
    [InlineData("a-word-from-the-future")]
    [InlineData("stopped")]
    public async Task Poll_StatusThatIsNotRunning_KeepsAndHides(string status)
    {
        FakeWorkload server = _toolHive.AddWorkload("a", _backend.Url.ToString());
        _toolHive.AddWorkload("b", _backend.Url.ToString());
        await PollAsync();
        server.Status = status;

        await PollAsync();

        Names().Should().NotContain("a/echo").And.Contain("b/echo");
        (await RowAsync("a")).Status.Should().Be(ServerStatus.Stopped);
    }

    [Fact]
    public async Task Poll_ToolHiveGoneOrEmpty_DeletesNothing()
    {
        _toolHive.AddWorkload("a", _backend.Url.ToString());
        await PollAsync();
        _toolHive.Faults.Add(FaultKind.NullLists, "/api/v1beta/workloads", times: 1);
        (await Ingestion.IngestWorkloadsAsync()).Deleted.Should().Be(0, "an empty answer is not to be believed");
        await _toolHive.StopAsync();

        IngestionReport report = await PollAsync();

        report.Problems.Should().NotBeEmpty();
        Names().Should().Contain("a/echo");
        _services.GetRequiredService<IngestionStatus>().Sources.Single(source => source.Name == "toolhive").LastError.Should().NotBeNull();
    }

    [Theory]
    [InlineData(FaultKind.Status, 404)]
    [InlineData(FaultKind.Status, 500)]
    [InlineData(FaultKind.BadJson, 200)]
    [InlineData(FaultKind.Html, 200)]
    public async Task Poll_DetailsOfARemoteFail_IsSaidOnceWithTheCause(FaultKind fault, int status)
    {
        _toolHive.AddRemoteWorkload("notes", _backend.Url.ToString(), RemoteUrl);
        _toolHive.AddWorkload("other", _backend.Url.ToString());
        _toolHive.Faults.Add(new Fault { Kind = fault, Path = "/api/v1beta/workloads/notes", Times = 100, Status = status });

        IngestionReport report = await PollAsync();

        report.Problems.Should().ContainSingle().Which.Should().StartWith("notes: its address could not be read").And.MatchRegex(@"as it was: .+\.$");
        Names().Should().Contain("other/echo").And.NotContain("notes/echo");
    }

    [Fact]
    public async Task Poll_DetailsOfARemoteHang_HoldNobodyBack_AndAreAskedForOnce()
    {
        _toolHive.AddRemoteWorkload("notes", _backend.Url.ToString(), RemoteUrl);
        _toolHive.AddWorkload("other", _backend.Url.ToString());
        _toolHive.Faults.Add(FaultKind.Hang, "/api/v1beta/workloads/notes", times: 100);

        IngestionReport report = await PollAsync().WaitAsync(TimeSpan.FromSeconds(60));

        report.Problems.Should().ContainSingle().Which.Should().Contain("within 2 s");
        Names().Should().Contain("other/echo");
        _toolHive.Journal.Count("GET", "/api/v1beta/workloads/notes").Should().Be(1);
    }

    [Fact]
    public async Task Poll_WorkloadReallyRemoved_IsDeleted()
    {
        _toolHive.AddWorkload("a", _backend.Url.ToString());
        _toolHive.AddWorkload("b", _backend.Url.ToString());
        await PollAsync();
        _toolHive.RemoveWorkload("a");

        (await PollAsync()).Deleted.Should().Be(1);

        Names().Should().NotContain("a/echo").And.Contain("b/echo");
    }

    [Fact]
    public async Task Install_ContainerRemoteAndSlashNames_AreFoundSoonAfterTheirStart()
    {
        _toolHive.AddRegistryEntry(new FakeRegistryEntry { Name = "io.example/notes", Image = "ghcr.io/example/notes:1.0" });
        _toolHive.AddRegistryEntry(new FakeRegistryEntry { Name = "com.example/remote", Url = "https://remote.example/mcp" });
        _toolHive.OnStart = workload =>
        {
            workload.Url = _backend.Url.ToString();
            return Task.CompletedTask;
        };
        IServerInstallService installation = _services.GetRequiredService<IServerInstallService>();
        using CancellationTokenSource stop = new();
        PollingService polling = _services.GetServices<IHostedService>().OfType<PollingService>().Single();
        await polling.StartAsync(stop.Token);

        InstallResult container = await installation.InstallAsync("io.example/notes");
        InstallResult remote = await installation.InstallAsync("com.example/remote");
        InstallResult again = await installation.InstallAsync("io.example/nothing");

        container.IsError.Should().BeFalse(container.Text);
        remote.IsError.Should().BeFalse(remote.Text);
        again.Should().Match<InstallResult>(result => result.IsError && result.Text.Contains("search_registry", StringComparison.Ordinal));
        await Eventually.IsAsync(() => Names().Count(name => name.EndsWith("/echo", StringComparison.Ordinal)) == 2);
        (await installation.InstallAsync("io.example/notes")).Text.Should().Contain("already");
        await polling.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Install_MissingSettings_NamesThemAndInstallsNothing()
    {
        FakeRegistryEntry entry = new() { Name = "io.example/keyed", Image = "ghcr.io/example/keyed:1.0" };
        entry.EnvVars.Add(new FakeSetting("API_KEY", "Key of the service.", Required: true, Secret: true));
        _toolHive.AddRegistryEntry(entry);

        InstallResult result = await _services.GetRequiredService<IServerInstallService>().InstallAsync("io.example/keyed");

        result.Text.Should().ContainAll("API_KEY", "secret", "Key of the service.");
        _toolHive.Workloads.Should().BeEmpty();
    }

    [Fact]
    public async Task Uninstall_TheOnlyServer_IsGoneFromToolHiveIndexAndStore()
    {
        _toolHive.AddWorkload("notes", _backend.Url.ToString());
        await PollAsync();

        (string text, bool isError) = await UninstallAsync("notes");

        isError.Should().BeFalse(text);
        _toolHive.Workloads.Should().BeEmpty();
        Names().Should().BeEmpty("nobody has to wait for a listing that proves it");
        IReadOnlyList<WorkloadServer> stored = await _services.GetRequiredService<OptimizerStore>().ReadAsync((session, token) => session.WorkloadServers.ListAsync(token));
        stored.Should().BeEmpty();
        await PollAsync();
        Names().Should().BeEmpty();
    }

    [Fact]
    public async Task Uninstall_HiddenAbsentAndForeignServers_AreRefusedAndStay()
    {
        _toolHive.AddWorkload("mine", _backend.Url.ToString());
        _toolHive.AddWorkload("secret", _backend.Url.ToString());
        await PollAsync();

        (string hidden, _) = await UninstallAsync("secret", "mine");
        (string absent, _) = await UninstallAsync("sekret", "mine");
        (string careful, _) = await UninstallAsync("mine", "careful");
        _toolHive.RemoveWorkload("mine");
        (string foreign, bool isError) = await UninstallAsync("mine", "mine");

        hidden.Replace("secret", "X", StringComparison.Ordinal).Should().Be(absent.Replace("sekret", "X", StringComparison.Ordinal));
        careful.Should().Contain("not allowed");
        isError.Should().BeTrue();
        foreign.Should().Contain("not run by ToolHive").And.NotContain("secret");
        _caller.Current = CallerIdentity.Anonymous;
        Names().Should().Contain("secret/echo").And.Contain("mine/echo");
    }

    [Fact]
    public async Task Poll_ToolHiveMovesToAnotherPortMeanwhile_GoesOnThereAndLosesNothing()
    {
        _toolHive.AddRegistryEntry(new FakeRegistryEntry { Name = "com.notion/mcp", Url = RemoteUrl });
        _toolHive.AddWorkload("a", _backend.Url.ToString());
        _toolHive.AddRemoteWorkload("my-notes", _backend.Url.ToString(), RemoteUrl);
        await PollAsync();
        _toolHive.AddWorkload("b", _backend.Url.ToString());
        Fault held = _toolHive.Faults.Add(new Fault { Path = "/api/v1beta/workloads", Kind = FaultKind.Delay, Gate = new TaskCompletionSource().Task });

        Task<IngestionReport> poll = Ingestion.IngestWorkloadsAsync();
        await _toolHive.Journal.WaitForAsync(entries => entries.Count(entry => entry.Path == "/api/v1beta/workloads") > 1);
        _toolHive.Faults.Remove(held);
        int before = _toolHive.Port;
        await _toolHive.RestartOnNewPortAsync();
        _toolHive.WriteDiscoveryFile(DiscoveryPath);
        IngestionReport report = await poll;

        _toolHive.Port.Should().NotBe(before);
        report.Problems.Should().BeEmpty();
        report.Deleted.Should().Be(0);
        Names().Should().BeEquivalentTo(Names().Distinct()).And.Contain(["a/echo", "b/echo", "my-notes/echo"]);
        (await RowAsync("my-notes")).RegistryServerName.Should().Be("com.notion/mcp");
    }

    private string DiscoveryPath => _folder.Combine("server.json");

    private async Task<(string Text, bool IsError)> UninstallAsync(string serverName, string? profile = null)
    {
        _caller.Current = new CallerIdentity { Profile = profile, IsAdmin = true };
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(_services);
        return await client.CallAsync("uninstall_server", new() { ["server_name"] = serverName });
    }

    private ServiceProvider Build()
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<ICallerAccessor>(_caller);
        services.AddMcpOptimizerTools();
        services.AddMcpOptimizer(options =>
        {
            options.EnableDynamicInstall = true;
            options.Store.DatabasePath = _folder.Combine("o.db");
            options.Embeddings.Provider = Core.Models.Settings.EmbeddingProvider.None;
            options.Ingestion.WorkloadPollingInterval = TimeSpan.Zero;
            options.Profiles["mine"] = new ProfileSettings { Servers = { "mine" } };
            options.Profiles["careful"] = new ProfileSettings { ReadOnly = true };
        });
        services.AddToolHiveSources(options =>
        {
            options.DiscoveryFilePath = DiscoveryPath;
            options.InitialBackoff = TimeSpan.FromMilliseconds(10);
            options.MaxBackoff = TimeSpan.FromMilliseconds(50);
            options.MaxRetryDuration = TimeSpan.FromSeconds(2);
            options.UsePortScan = false;
        });
        return services.BuildServiceProvider();
    }

    private async Task<IngestionReport> PollAsync()
    {
        IngestionReport registry = await Ingestion.IngestRegistryAsync();
        return registry.Add(await Ingestion.IngestWorkloadsAsync());
    }

    private string[] Names() => [.. _services.GetRequiredService<IDiscoveryService>().List(CallerIdentity.Anonymous).Select(tool => $"{tool.ServerName}/{tool.Name}")];

    private async Task<WorkloadServer> RowAsync(string name)
    {
        IReadOnlyList<WorkloadServer> servers = await _services.GetRequiredService<OptimizerStore>().ReadAsync((session, token) => session.WorkloadServers.ListAsync(token));
        return servers.Single(server => server.Name == name);
    }
}
