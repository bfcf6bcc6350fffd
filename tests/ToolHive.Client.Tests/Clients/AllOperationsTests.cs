using Shared.ToolHive;
using ToolHive.Client.Models.Artifacts;
using ToolHive.Client.Models.Catalog;
using ToolHive.Client.Models.ClientApps;
using ToolHive.Client.Models.Permissions;
using ToolHive.Client.Models.Plugins;
using ToolHive.Client.Models.Registry;
using ToolHive.Client.Models.Skills;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Tests.Support;
using Xunit.Abstractions;

namespace ToolHive.Client.Tests.Clients;

/// <summary>Calls every operation once with everything filled in, reads the answers, and holds the requests against ToolHive's own description.</summary>
public sealed class AllOperationsTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EveryOperation_CalledWithFullRequests_IsValidAndComplete()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        Fill(toolHive.Fake);

        await CallSystemAsync(toolHive);
        await CallWorkloadsAsync(toolHive);
        await CallRegistryAsync(toolHive);
        await CallCatalogAsync(toolHive);
        await CallGroupsAndClientsAsync(toolHive);
        await CallSecretsAsync(toolHive);
        await CallSkillsAsync(toolHive);
        await CallPluginsAsync(toolHive);

        IReadOnlyList<JournalEntry> requests = toolHive.Fake.Journal.Entries;
        if (OpenApiDocument.TryLoad() is not { } document)
        {
            output.WriteLine("../shared/openapi/toolhive.json is not there: requests were sent and answered, but not held against the description.");
            return;
        }

        requests.SelectMany(document.Check).Should().BeEmpty();
        document.Operations.Should().HaveCount(77);
        document.Operations.Except(requests.Select(document.Find)).Should().BeEmpty("each operation is called");
    }

    [Fact]
    public void Check_WrongRequests_AreFound()
    {
        if (OpenApiDocument.TryLoad() is not { } document)
        {
            return;
        }

        document.Check(
            Request("POST", "/api/v1beta/groups", """{"title":"a"}""")).Should().ContainSingle().Which.Should().Contain("body.title is not declared");
        document.Check(Request("POST", "/api/v1beta/workloads", """{"name":1}""")).Should().ContainSingle().Which.Should().Contain("body.name must be string");
        document.Check(
            Request("GET", "/api/v1beta/workloads", "", "?everything=true")).Should().ContainSingle().Which.Should().Contain("'everything' is not declared");
        document.Check(Request("GET", "/api/v2/workloads", "")).Should().ContainSingle().Which.Should().Contain("no such operation");
    }

    private static JournalEntry Request(string method, string path, string body, string query = "") =>
        new(method, path, query, body, new Dictionary<string, string>());

    private static void Fill(FakeToolHive fake)
    {
        fake.AddWorkload("time", configure: workload =>
        {
            workload.Logs.Add("line 1");
            workload.Logs.Add("line 2");
            workload.ProxyLogs.Add("proxy line");
        });
        foreach (int number in Enumerable.Range(1, 205))
        {
            fake.AddRegistryEntry(
                new FakeRegistryEntry
                {
                    Name = $"io.example/server-{number}",
                    Image = $"ghcr.io/example/server-{number}:1",
                    EnvVars = { new FakeSetting("KEY", "A key", true, true) }
                });
        }

        fake.AddRegistryEntry(
            new FakeRegistryEntry { Name = "com.notion/mcp", Url = "https://mcp.notion.com/mcp", Headers = { new FakeSetting("X-Key", "A key") } });
    }

    private static async Task CallSystemAsync(ToolHiveFixture toolHive)
    {
        (await toolHive.Client.System.GetHealthAsync()).IsHealthy.Should().BeTrue();
        (await toolHive.Client.System.GetVersionAsync()).Should().Be("v0.44.0");
        (await toolHive.Client.System.GetOpenApiAsync()).GetProperty("openapi").GetString().Should().Be("3.1.0");
        (await toolHive.Client.System.DiscoverClientsAsync()).Should().Equal(
            new ClientAppStatus { ClientType = "claude-code", Installed = true, SupportsSkills = true });
    }

    private static async Task CallWorkloadsAsync(ToolHiveFixture toolHive)
    {
        ToolHive.Client.Clients.IWorkloadsClient workloads = toolHive.Client.Workloads;
        CreateWorkloadRequest full = new()
        {
            Name = "full",
            Image = "uvx://package",
            Host = "127.0.0.1",
            RuntimeConfig = new RuntimeSettings
            {
                AdditionalPackages = ["git"],
                BuildWith = ["gcc"],
                BuilderImage = "b",
                RuntimeEnv = new Dictionary<string, string> { ["A"] = "b" }
            },
            CmdArguments = ["--x"],
            TargetPort = 1,
            ProxyPort = 2,
            EnvVars = new Dictionary<string, string> { ["TOKEN"] = "value" },
            Secrets = [new SecretReference { Name = "s", Target = "T" }],
            Volumes = ["/a:/b:ro"],
            Transport = "stdio",
            AuthzConfig = "/authz",
            Oidc = new OidcSettings { Issuer = "i", Audience = "a", ClientId = "c", ClientSecret = "s", IntrospectionUrl = "u", JwksUrl = "j", Scopes = ["x"] },
            PermissionProfile = new PermissionProfile
            {
                Name = "p",
                Privileged = false,
                Read = ["/r"],
                Write = ["/w"],
                Network = new NetworkPermissions
                {
                    Mode = "m",
                    Inbound = new InboundNetworkPermissions { AllowHost = ["h"] },
                    Outbound = new OutboundNetworkPermissions { AllowHost = ["h"], AllowPort = [443], InsecureAllowAll = false },
                },
            },
            ProxyMode = "streamable-http",
            NetworkIsolation = true,
            TrustProxyHeaders = true,
            AllowDockerGateway = true,
            Tools = ["t"],
            ToolsOverride = new Dictionary<string, ToolOverride> { ["t"] = new() { Name = "n", Description = "d" } },
            Group = "default",
            OauthConfig = new RemoteOAuthSettings
            {
                Issuer = "i",
                AuthorizeUrl = "a",
                TokenUrl = "t",
                ClientId = "c",
                ClientSecret = new SecretReference { Name = "n" },
                BearerToken = new SecretReference { Name = "n" },
                Scopes = ["s"],
                UsePkce = true,
                OauthParams = new Dictionary<string, string> { ["a"] = "b" },
                CallbackPort = 3,
                SkipBrowser = true,
                Resource = "r",
            },
            Headers = [new RegistryHeader { Name = "h", Description = "d", Required = true, Secret = true, Default = "d", Choices = ["c"] }],
            HeaderForward = new HeaderForwarding
            {
                AddPlaintextHeaders = new Dictionary<string, string> { ["a"] = "b" },
                AddHeadersFromSecret = new Dictionary<string, string> { ["c"] = "d" }
            },
        };
        (await workloads.CreateAsync(full)).Name.Should().Be("full");
        WorkloadDetail detail = await workloads.GetAsync("full");
        detail.PermissionProfile!.Network!.Outbound!.AllowPort.Should().Equal(443);
        detail.ToolsOverride!["t"].Description.Should().Be("d");
        (await workloads.UpdateAsync("full", new UpdateWorkloadRequest { Image = "other", NetworkIsolation = false })).Name.Should().Be("full");
        (await workloads.ListAsync(new WorkloadQuery { All = true, Group = "default" })).Items.Should().HaveCount(2);
        (await workloads.GetStatusAsync("time")).ToString().Should().Be("running");
        (await ReadAllAsync(workloads.ReadLogsAsync("time"))).Should().Equal("line 1", "line 2");
        (await ReadAllAsync(workloads.ReadProxyLogsAsync("time"))).Should().Equal("proxy line");
        RunConfig export = await workloads.ExportAsync("time");
        export.IsolateNetwork.Should().BeTrue();
        export.Extra!["telemetry_config"].GetProperty("endpoint").GetString().Should().Be("collector:4317");
        (await workloads.CheckUpgradeAsync("time")).EnvVarDrift!.Added.Should().ContainSingle().Which.Required.Should().BeTrue();
        (await workloads.CheckUpgradesAsync()).Should().HaveCount(2);
        (await workloads.UpgradeAsync(
            "time", new UpgradeWorkloadRequest
            {
                Env = new Dictionary<string, string> { ["NEW"] = "1" },
                Secrets = ["s,target=T"]
            })).ConfigDrift!.Transport!.From.Should().Be("sse");
        await workloads.StopAsync("time");
        await workloads.RestartAsync("time");
        await workloads.StopAsync(WorkloadSelection.ByName("time", "full"));
        await workloads.RestartAsync(WorkloadSelection.ByGroup("default"));
        await workloads.DeleteAsync("full");
        await workloads.DeleteAsync(WorkloadSelection.ByName("time"));
        (await workloads.ListAsync()).Items.Should().BeEmpty();
    }

    private static async Task CallRegistryAsync(ToolHiveFixture toolHive)
    {
        ToolHive.Client.Clients.IRegistryClient registry = toolHive.Client.Registry;
        (await registry.ListAsync()).Should().ContainSingle().Which.ServerCount.Should().Be(205);
        (await registry.Invoking(client => client.AddAsync()).Should().ThrowAsync<ToolHiveApiException>()).Which.StatusCode.Should().Be(
            System.Net.HttpStatusCode.NotImplemented);
        RegistryCatalog catalog = (await registry.GetAsync()).Registry!;
        (catalog.Servers.Count, catalog.RemoteServers.Count, catalog.IsComplete).Should().Be((205, 1, true));
        (await registry.ListServersAsync()).Servers.Should().HaveCount(205);
        RegistryServer server = await registry.GetServerAsync("io.example/server-7");
        server.EnvVars.Should().Equal(new RegistryEnvVar { Name = "KEY", Description = "A key", Required = true, Secret = true });
        server.CustomMetadata["author"].GetString().Should().Be("someone");
        (await registry.UpdateAsync(
            new UpdateRegistryRequest
            {
                Url = "https://example.com/registry.json",
                AllowPrivateIp = true,
                Auth = new RegistryAuthRequest { Issuer = "i", ClientId = "c", Audience = "a", Scopes = ["s"] }
            })).Should().Be("url");
        (await registry.RefreshAsync()).Should().Be("refreshed");
        (await registry.LoginAsync()).Should().Be("authenticated");
        (await registry.LogoutAsync()).Should().Be("logged out");
        await registry.Invoking(client => client.DeleteAsync("default")).Should().ThrowAsync<ToolHiveApiException>();
    }

    private static async Task CallCatalogAsync(ToolHiveFixture toolHive)
    {
        ToolHive.Client.Clients.ICatalogClient catalog = toolHive.Client.Catalog;
        CatalogServerPage page = await catalog.GetServersAsync(new CatalogQuery { Search = "server-", Page = 2, Limit = 10 });
        (page.Servers.Count, page.Metadata!.Total, page.Metadata.Page).Should().Be((10, 205, 2));
        page.Servers[0].Packages.Should().ContainSingle().Which.EnvironmentVariables.Should().ContainSingle().Which.IsSecret.Should().BeTrue();
        (await ReadAllAsync(catalog.ListServersAsync())).Should().HaveCount(206);
        (await catalog.GetServerAsync("com.notion/mcp")).Remotes.Should().ContainSingle().Which.Url.Should().Be("https://mcp.notion.com/mcp");
        (await ReadAllAsync(catalog.ListSkillsAsync())).Should().HaveCount(3);
        (await catalog.GetSkillAsync("io.example", "skills-1")).Packages.Should().ContainSingle();
        (await ReadAllAsync(catalog.ListPluginsAsync("plugins-2"))).Should().ContainSingle();
        (await catalog.GetPluginAsync("io.example", "plugins-1")).Version.Should().Be("0.1.0");
        ToolHiveApiException error = (await catalog.Invoking(client => client.GetServerAsync("none")).Should().ThrowAsync<ToolHiveApiException>()).Which;
        error.Code.Should().Be("not_found");
    }

    private static async Task CallGroupsAndClientsAsync(ToolHiveFixture toolHive)
    {
        await toolHive.Client.Groups.CreateAsync("team");
        (await toolHive.Client.Groups.ListAsync()).Select(group => group.Name).Should().Equal("default", "team");
        (await toolHive.Client.Groups.GetAsync("team")).RegisteredClients.Should().BeEmpty();
        await toolHive.Client.Groups.DeleteAsync("team", withWorkloads: true);

        ToolHive.Client.Clients.IClientAppsClient clients = toolHive.Client.Clients;
        (await clients.ListAsync()).Should().BeEmpty("the answer is null");
        (await clients.RegisterAsync("claude-code", ["default"])).Groups.Should().Equal("default");
        (await clients.RegisterManyAsync(["cursor", "vscode"], ["default", "team"])).Should().HaveCount(2);
        (await clients.ListAsync()).Should().HaveCount(3);
        await clients.UnregisterFromGroupAsync("cursor", "team");
        await clients.UnregisterAsync("claude-code");
        await clients.UnregisterManyAsync(["cursor", "vscode"]);
        (await clients.ListAsync()).Should().BeEmpty();
    }

    private static async Task CallSecretsAsync(ToolHiveFixture toolHive)
    {
        ToolHive.Client.Clients.ISecretsClient secrets = toolHive.Client.Secrets;
        (await secrets.SetUpAsync("encrypted", "password")).ProviderType.Should().Be("encrypted");
        (await secrets.GetProviderAsync()).Capabilities!.CanList.Should().BeTrue();
        await secrets.CreateAsync("a/b", "value-1");
        await secrets.UpdateAsync("a/b", "value-2");
        (await secrets.ListAsync()).Select(secret => secret.Key).Should().Equal("a/b");
        toolHive.Fake.Secrets!["a/b"].Should().Be("value-2");
        await secrets.DeleteAsync("a/b");
    }

    private static async Task CallSkillsAsync(ToolHiveFixture toolHive)
    {
        ToolHive.Client.Clients.ISkillsClient skills = toolHive.Client.Skills;
        InstallRequest install = new()
        {
            Name = "review",
            Version = "1",
            Scope = "project",
            ProjectRoot = "/p",
            Clients = ["cursor"],
            Group = "g",
            Force = true,
            AllowUnsigned = true
        };
        (await skills.InstallAsync(install)).Skill!.Metadata!.Name.Should().Be("review");
        (await skills.ListAsync(new ArtifactQuery { Scope = "user", Client = "cursor", ProjectRoot = "/p", Group = "g" })).Should().ContainSingle();
        SkillInfo info = await skills.GetAsync("review", "project", "/p");
        info.InstalledSkill!.Dependencies.Should().BeEmpty();
        (await skills.GetContentAsync("ghcr.io/example/review:1")).Files.Should().Equal(new ArtifactFile { Path = "SKILL.md", Size = 9 });
        (await skills.ValidateAsync("/skill")).Warnings.Should().Equal("no licence");
        (await skills.BuildAsync("/skill", "t1")).Should().Be("localhost/skill:t1");
        (await skills.ListBuildsAsync()).Should().ContainSingle().Which.Tag.Should().Be("t1");
        await skills.PushAsync("localhost/skill:t1", new SkillSigning { Skip = false, Key = "k", IdentityToken = "i" });
        await skills.DeleteBuildAsync("t1");
        (await skills.SyncAsync(
            new SyncRequest
            {
                ProjectRoot = "/p",
                Clients = ["cursor"],
                Adopt = true,
                Check = true,
                Prune = true,
                AllowUnsigned = true
            })).Failed.Should().ContainSingle().Which.Reason.Should().Be("registry-unreachable");
        UpgradeRequest upgrade = new()
        {
            ProjectRoot = "/p",
            Names = ["a"],
            Clients = ["cursor"],
            Preview = true,
            FailOnChanges = true,
            AllowRefChange = true,
            AllowSignerChange = true
        };
        (await skills.UpgradeAsync(upgrade)).Should().ContainSingle().Which.Status.Should().Be("upgraded");
        await skills.UninstallAsync("review", "project", "/p");
    }

    private static async Task CallPluginsAsync(ToolHiveFixture toolHive)
    {
        ToolHive.Client.Clients.IPluginsClient plugins = toolHive.Client.Plugins;
        (await plugins.InstallAsync(
            new InstallRequest
            {
                Name = "tools",
                Version = "1",
                Scope = "user",
                Clients = ["cursor"],
                Group = "g",
                Force = false
            })).Metadata!.Name.Should().Be("tools");
        (await plugins.ListAsync()).Should().ContainSingle();
        PluginInfo info = await plugins.GetAsync("tools");
        info.Metadata!.Description.Should().Be("Does things.");
        PluginContent content = await plugins.GetContentAsync("ghcr.io/example/tools:1");
        content.Files.Should().ContainSingle();
        (await plugins.ValidateAsync("relative")).Valid.Should().BeFalse();
        await plugins.BuildAsync("/plugin", "t2");
        (await plugins.ListBuildsAsync()).Should().ContainSingle();
        await plugins.PushAsync("localhost/plugin:t2");
        await plugins.DeleteBuildAsync("t2");
        (await plugins.SyncAsync(new SyncRequest { ProjectRoot = "/p", Check = true })).Installed.Should().Equal("a");
        (await plugins.UpgradeAsync(new UpgradeRequest { ProjectRoot = "/p", Preview = true })).Should().ContainSingle();
        await plugins.UninstallAsync("tools");
        await plugins.Invoking(
            client => client.InstallAsync(
                new InstallRequest
                {
                    Name = "x",
                    AllowUnsigned = true
                })).Should().ThrowAsync<ArgumentException>().WithMessage("AllowUnsigned is for skills only*");
    }

    private static async Task<List<T>> ReadAllAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> all = [];
        await foreach (T item in items)
        {
            all.Add(item);
        }

        return all;
    }
}
