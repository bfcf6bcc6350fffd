using System.Net;
using System.Text.Json;
using Common.Tools;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Shared.ToolHive;
using ToolHive.Client.Clients;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Registry;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Repositories;
using ToolHive.Client.Services;
using ToolHive.Client.Tests.Support;
using ToolHive.Client.Tools;
using ToolHive.Client.Tools.Results;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace ToolHive.Client.Tests.Layers;

/// <summary>One layer at a time: tools over substituted services, services over a fake ToolHive, repositories over substituted clients, the client over a stub of HTTP.</summary>
public sealed class LayerTests
{
    [Fact]
    public async Task ListServers_HandsOnTheGroupAndShowsWhatIsThere()
    {
        IWorkloadService workloads = Substitute.For<IWorkloadService>();
        workloads.ListAsync("team", false, Arg.Any<CancellationToken>()).Returns(
            new WorkloadSnapshot { Workloads = [new ToolHiveWorkload { Name = "a", Status = WorkloadStatus.Running, Url = "http://x/mcp" }], IsComplete = true });

        using ServiceProvider services = new ServiceCollection().AddSingleton(workloads).BuildServiceProvider();
        ValueTool<ServerList> tool = ServerTools.All.OfType<ValueTool<ServerList>>().Single();
        ToolCall call = new(tool, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"group":"team","all":false}""")!, services);

        (await tool.RunAsync(call, CancellationToken.None)).Servers.Should().ContainSingle().Which.Name.Should().Be("a");
    }

    [Fact]
    public async Task Search_NothingMatches_IsEmptyAndAsksOnce()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "a/fetch", Image = "x" });

        RegistrySearchResult result = await toolHive.Get<IRegistryService>().SearchAsync("zzz");

        (result.Total, result.IsTruncated).Should().Be((0, false));
        toolHive.Fake.Journal.Entries.Where(entry => entry.Path.StartsWith("/api/v1beta/registry", StringComparison.Ordinal))
            .Should().ContainSingle().Which.Path.Should().Be("/api/v1beta/registry/default");
    }

    [Fact]
    public async Task Find_NotFound_IsNullAndOtherRefusalsAreNot()
    {
        IToolHiveClient client = Substitute.For<IToolHiveClient>();
        IRegistryClient registry = Substitute.For<IRegistryClient>();
        client.Registry.Returns(registry);
        registry.GetServerAsync("gone", cancellationToken: Arg.Any<CancellationToken>()).ThrowsAsync(new ToolHiveApiException("no", HttpStatusCode.NotFound));
        registry.GetServerAsync("broken", cancellationToken: Arg.Any<CancellationToken>()).ThrowsAsync(new ToolHiveApiException("no", HttpStatusCode.InternalServerError));
        RegistryRepository repository = new(client);

        (await repository.FindAsync("gone")).Should().BeNull();
        await repository.Invoking(one => one.FindAsync("broken")).Should().ThrowAsync<ToolHiveApiException>();
    }

    [Fact]
    public async Task GetServer_NameWithASlash_IsOneSegmentAndItsServerJsonIsRead()
    {
        using WireMockServer server = WireMockServer.Start();
        server.Given(Request.Create().WithPath("/api/v1beta/version")).RespondWith(
            Response.Create().WithHeader("Content-Type", "application/json").WithBody("""{"version":"v0.44.0"}"""));
        server.Given(Request.Create().WithPath("/api/v1beta/registry/*")).RespondWith(Response.Create().WithHeader("Content-Type", "application/json").WithBody(
            """{"server":{"name":"a/x","packages":[{"registryType":"oci","identifier":"ghcr.io/a/x:1"}]}}"""));
        ServiceCollection services = [];
        services.AddLogging();
        services.AddToolHiveClient(options => options.BaseAddress = new Uri(server.Url!));
        await using ServiceProvider provider = services.BuildServiceProvider();

        RegistryServer found = await provider.GetRequiredService<IToolHiveClient>().Registry.GetServerAsync("a/x");

        found.Should().BeOfType<ContainerRegistryServer>().Which.Image.Should().Be("ghcr.io/a/x:1");
        server.LogEntries.Select(entry => entry.RequestMessage!.AbsoluteUrl).Should().Contain(address => address.EndsWith("/registry/default/servers/a%2Fx", StringComparison.Ordinal));
    }
}
