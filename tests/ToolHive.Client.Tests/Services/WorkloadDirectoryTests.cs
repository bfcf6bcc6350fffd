using Shared.ToolHive;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Services;
using ToolHive.Client.Tests.Support;

namespace ToolHive.Client.Tests.Services;

public sealed class WorkloadDirectoryTests
{
    private const string List = "/api/v1beta/workloads";

    [Fact]
    public async Task ListAsync_ContainerAndRemote_AreMapped()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddWorkload("time", "http://127.0.0.1:21001/mcp", workload => workload.Group = "team");
        toolHive.Fake.AddRemoteWorkload("my-notion", "http://127.0.0.1:21002/mcp", "https://mcp.notion.com/mcp");

        WorkloadSnapshot snapshot = await toolHive.Get<IWorkloadDirectory>().ListAsync();

        snapshot.IsComplete.Should().BeTrue();
        snapshot.Workloads.Select(workload => (workload.Key, workload.Identifier, workload.IsRemote, workload.Group, workload.Url)).Should().Equal(
            ("my-notion", "https://mcp.notion.com/mcp", true, "default", "http://127.0.0.1:21002/mcp"),
            ("time", "ghcr.io/example/server:1.0", false, "team", "http://127.0.0.1:21001/mcp"));
    }

    [Theory]
    [InlineData("stdio", "streamable-http", "http://127.0.0.1:1/mcp", "streamable-http")]
    [InlineData("stdio", "SSE", "http://127.0.0.1:1/sse#a", "sse")]
    [InlineData("sse", null, "http://127.0.0.1:1/sse#a", "sse")]
    [InlineData("stdio", null, "http://127.0.0.1:1/sse#a", "sse")]
    [InlineData("", "telepathy", "http://mcp-host:1/sse", "sse")]
    [InlineData("", null, "http://sse-host:1/mcp", "streamable-http")]
    public async Task ListAsync_Transport_IsTheOneToConnectWith(string transport, string? proxyMode, string url, string expected)
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddWorkload("a", url, workload => (workload.TransportType, workload.ProxyMode) = (transport, proxyMode));

        (await toolHive.Get<IWorkloadDirectory>().ListAsync()).Workloads.Single().Transport.ToString().Should().Be(expected);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public async Task ListAsync_DetailFails_KeepsTheWorkloadWithTheReason(int status)
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRemoteWorkload("notion", "http://127.0.0.1:2/mcp", "https://mcp.notion.com/mcp");
        Fault fault = toolHive.Fake.Faults.Fail(List + "/notion", status, "no");

        WorkloadSnapshot snapshot = await toolHive.Get<IWorkloadDirectory>().ListAsync();
        snapshot.IsComplete.Should().BeTrue();
        snapshot.Workloads.Single().Identifier.Should().BeNull();
        snapshot.Workloads.Single().IdentifierProblem.Should().Contain(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        toolHive.Fake.Faults.Remove(fault);

        (await toolHive.Get<IWorkloadDirectory>().ListAsync()).Workloads.Single().Identifier.Should().Be(
            "https://mcp.notion.com/mcp", "the next listing asks again");
    }

    [Fact]
    public async Task ListAsync_DetailWithoutUrl_SaysSo()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRemoteWorkload("notion", "http://127.0.0.1:2/mcp", "");

        (await toolHive.Get<IWorkloadDirectory>().ListAsync()).Workloads.Single().IdentifierProblem.Should().Be("its details name no address");
    }

    [Fact]
    public async Task ListAsync_UnchangedPoll_AsksForNoDetailTwice()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        foreach (int number in Enumerable.Range(0, 1000))
        {
            toolHive.Fake.AddRemoteWorkload(
                $"remote-{number:000}", $"http://127.0.0.1:{20000 + number}/mcp", $"https://example.com/{number}", workload =>
                    workload.Group = $"team-{number % 20}");
        }

        IWorkloadDirectory directory = toolHive.Get<IWorkloadDirectory>();
        await directory.ListAsync();
        toolHive.Fake.Journal.Clear();
        WorkloadSnapshot again = await directory.ListAsync();

        again.Workloads.Should().HaveCount(1000).And.OnlyContain(workload => workload.Identifier != null);
        toolHive.Fake.Journal.Entries.Should().ContainSingle();
        toolHive.Fake.Workloads["remote-007"].StartedAt = "2026-05-05T00:00:00Z";
        toolHive.Fake.Workloads["remote-007"].RemoteUrl = "https://example.com/new";
        (await directory.ListAsync()).Workloads.Single(workload => workload.Name == "remote-007").Identifier.Should().Be(
            "https://example.com/new", "it was started anew");
    }

    [Fact]
    public async Task ListAsync_InAContainer_GivesLoopbackAddressesToolHivesHost()
    {
        FakeToolHive fake = await FakeToolHive.StartAsync();
        fake.AddWorkload("a", "http://127.0.0.1:21001/sse#a");
        fake.AddWorkload("b", "http://elsewhere:21002/mcp");
        string host = System.Net.Dns.GetHostName();
        await using ToolHiveFixture local = ToolHiveFixture.Create(fake, options =>
        {
            options.BaseAddress = fake.BaseAddress;
            options.RewriteLoopbackHosts = true;
        });
        (await local.Get<IWorkloadDirectory>().ListAsync()).Workloads[0].Url.Should().Be("http://127.0.0.1:21001/sse#a", "ToolHive itself is on loopback");

        global::ToolHive.Client.Repositories.WorkloadMapper.Map(
            new Models.Workloads.Workload { Name = "a", Url = "http://localhost:21001/sse#a" }, new Uri($"http://{host}.internal:50001/"))
            .Url.Should().Be($"http://{host.ToLowerInvariant()}.internal:21001/sse#a");
        global::ToolHive.Client.Repositories.WorkloadMapper.Map(
            new Models.Workloads.Workload { Name = "a", Url = "http://elsewhere:21002/mcp" },
            new Uri("http://toolhive:50001/")).Url.Should().Be("http://elsewhere:21002/mcp");
    }

    [Fact]
    public async Task WatchAsync_Changes_AreReportedAndFailuresAreNot()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync(options => options.WatchInterval = TimeSpan.FromMilliseconds(50));
        toolHive.Fake.AddWorkload("a");
        await using SnapshotReader reader = new(toolHive.Get<IWorkloadDirectory>());
        await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 1);

        toolHive.Fake.Faults.Fail(List, 500, times: 3);
        await toolHive.Fake.Journal.WaitForAsync(_ => toolHive.Fake.Journal.Count("GET", List) >= 6);
        reader.Count.Should().Be(1);
        toolHive.Fake.AddWorkload("b");

        await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 2);
    }
}
