using System.Text.Json.Nodes;
using Shared.ToolHive;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Registry;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Services;
using ToolHive.Client.Tests.Support;

namespace ToolHive.Client.Tests.Services;

public sealed class InstallServiceTests
{
    private const string Workloads = "/api/v1beta/workloads";

    [Theory]
    [InlineData("io.github.stacklok/fetch", "fetch")]
    [InlineData("com.example/My Server!", "My-Server")]
    [InlineData("a/b/c", "c")]
    [InlineData("a//..", "server")]
    [InlineData("", "server")]
    [InlineData("naïve–name", "na-ve-name")]
    public void FromServerName_AnyName_IsLegal(string server, string expected)
    {
        WorkloadNames.FromServerName(server).Should().Be(expected);
        WorkloadNames.IsLegal(WorkloadNames.FromServerName(server)).Should().BeTrue();
        WorkloadNames.IsLegal(WorkloadNames.FromServerName(new string('x', 300))).Should().BeTrue();
    }

    [Fact]
    public async Task RunAsync_SlashNamedContainer_IsCreatedAndAwaited()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "io.github.stacklok/fetch", Image = "ghcr.io/fetch:1" });
        toolHive.Fake.OnStart = workload =>
        {
            workload.Url = "http://127.0.0.1:4711/mcp";
            return Task.CompletedTask;
        };

        RunOutcome? outcome = await toolHive.Get<IInstallService>().RunAsync(
            new RunServerRequest { ServerName = "io.github.stacklok/fetch", WaitFor = TimeSpan.FromSeconds(20) });

        outcome!.Status.Should().Be(RunStatus.Started);
        outcome.Workload.Should().BeEquivalentTo(new { Name = "fetch", Url = "http://127.0.0.1:4711/mcp", IsRunning = true, Identifier = "ghcr.io/fetch:1" });
    }

    [Fact]
    public async Task RunAsync_RemoteEntryWithHeaders_SendsPlainAndSecretHeadersApart()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry
        {
            Name = "com.example/remote",
            Url = "https://example.com/mcp",
            EnvVars = { new FakeSetting("REGION", "Where", Required: true) },
            Headers = { new FakeSetting("X-Team", "Team", Required: true), new FakeSetting("X-Key", "Key", Required: true, Secret: true) },
        });

        RunOutcome? outcome = await toolHive.Get<IInstallService>().RunAsync(new RunServerRequest
        {
            ServerName = "com.example/remote",
            Settings = new Dictionary<string, string> { ["REGION"] = "eu", ["X-Team"] = "a" },
            Secrets = new Dictionary<string, string> { ["X-Key"] = "remote-key" },
        });

        outcome!.Status.Should().Be(RunStatus.Started);
        JsonNode body = toolHive.Fake.Journal.Entries.Single(entry => entry.Method == "POST").Json!;
        body.ToJsonString().Should().Be(
            """{"name":"remote","registry":"default","server":"com.example/remote","env_vars":{"REGION":"eu"},"header_forward":{"add_plaintext_headers":{"X-Team":"a"},"add_headers_from_secret":{"X-Key":"remote-key"}}}""");
    }

    [Fact]
    public async Task RunAsync_RequiredSettingsMissing_NamesThemWithWhatTheyAreFor()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry
        {
            Name = "github",
            Image = "ghcr.io/github:1",
            EnvVars =
            {
                new FakeSetting("GITHUB_TOKEN", "A personal access token", Required: true, Secret: true),
                new FakeSetting("GITHUB_HOST", "Host", Required: true, Default: "github.com"),
                new FakeSetting("DEBUG", "More log lines"),
            },
        });

        RunOutcome? outcome = await toolHive.Get<IInstallService>().RunAsync(new RunServerRequest { ServerName = "github" });

        outcome!.Status.Should().Be(RunStatus.MissingSettings);
        outcome.Plan.Missing.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Name = "GITHUB_TOKEN", Kind = "environment", Description = "A personal access token", IsSecret = true });
        outcome.Plan.Optional.Select(setting => setting.Name).Should().Equal("GITHUB_HOST", "DEBUG");
        toolHive.Fake.Journal.Count("POST", Workloads).Should().Be(0);
    }

    [Fact]
    public async Task RunAsync_SameServerRuns_DoesNothing()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "io.x/fetch", Image = "ghcr.io/example/server:1.0" });
        toolHive.Fake.AddWorkload("my-fetch");

        RunOutcome? outcome = await toolHive.Get<IInstallService>().RunAsync(new RunServerRequest { ServerName = "io.x/fetch" });

        (outcome!.Status, outcome.WorkloadName).Should().Be((RunStatus.AlreadyRunning, "my-fetch"));
    }

    [Fact]
    public async Task RunAsync_NameTakenByAnother_TakesTheNextFreeOne()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "io.x/fetch", Image = "ghcr.io/x/fetch:1" });
        toolHive.Fake.AddWorkload("fetch");

        (await toolHive.Get<IInstallService>().RunAsync(new RunServerRequest { ServerName = "io.x/fetch" }))!.WorkloadName.Should().Be("fetch-2");
        (await toolHive.Get<IInstallService>().RunAsync(
            new RunServerRequest { ServerName = "io.x/fetch", Name = "fetch" }))!.Status.Should().Be(RunStatus.NameTaken);
    }

    [Fact]
    public async Task PlanAsync_UnknownEntry_IsNull()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();

        (await toolHive.Get<IInstallService>().PlanAsync(new RunServerRequest { ServerName = "none" })).Should().BeNull();
    }

    [Fact]
    public async Task WaitUntilRunningAsync_StartFails_EndsAtOnceWithTheReason()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "broken", Image = "ghcr.io/broken:1" });
        toolHive.Fake.OnStart = _ => throw new InvalidOperationException("exit code 1");

        RunOutcome? outcome = await toolHive.Get<IInstallService>().RunAsync(new RunServerRequest { ServerName = "broken", WaitFor = TimeSpan.FromMinutes(5) });

        outcome!.Workload.Should().BeEquivalentTo(new { Status = WorkloadStatus.Error, StatusContext = "exit code 1" });
    }

    [Fact]
    public async Task SearchAsync_Words_AreFoundBestFirst()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "io.x/weather", Image = "a", Description = "Forecasts." });
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "io.x/fetch", Image = "b", Description = "Fetches weather pages." });
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "io.x/sql", Image = "c", Description = "Databases.", Tools = { "run_weather_query" } });
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "io.x/other", Url = "https://x", Description = "Nothing." });
        IRegistryService registry = toolHive.Get<IRegistryService>();

        RegistrySearchResult found = await registry.SearchAsync("Weather?!", 2);

        found.Matches.Select(match => match.Server.Name).Should().Equal("io.x/weather", "io.x/sql");
        (found.Total, found.IsTruncated).Should().Be((3, true));
        (await registry.SearchAsync("")).Total.Should().Be(4);
        (await registry.SearchAsync("zebra")).Total.Should().Be(0);
    }

    [Fact]
    public async Task GetCatalogAsync_OneEntryUnreadable_KeepsTheOthers()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "good", Image = "a" });
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "bad", Image = "b", RawElement = JsonNode.Parse("""{"tools":"none"}""") });
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "unnamed", Image = "c", RawElement = JsonNode.Parse("""{"image":"c"}""") });

        Models.Registry.RegistryCatalog catalog = await toolHive.Get<IRegistryService>().GetCatalogAsync();

        catalog.Servers.Select(server => server.Name).Should().Equal("good", "unnamed");
        catalog.IsComplete.Should().BeFalse();
        catalog.Problems.Should().ContainSingle().Which.Should().StartWith("entry 'bad' of 'servers' cannot be read at $.tools");
    }
}
