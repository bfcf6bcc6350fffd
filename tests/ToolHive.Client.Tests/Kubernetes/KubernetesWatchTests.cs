using ToolHive.Client.Models;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Tests.Support;

namespace ToolHive.Client.Tests.Kubernetes;

public sealed class KubernetesWatchTests
{
    private static readonly string[] WatchedKinds = ["mcpservers", "virtualmcpservers"];

    [Fact]
    public async Task WatchAsync_AddedChangedDeleted_IsReported()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.ApplyServer("a");
        await using SnapshotReader reader = new(cluster.Directory);
        await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 1);
        await WatchingAsync(cluster, 1);

        cluster.Fake.ApplyServer("b");
        await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 2);
        cluster.Fake.ApplyServer("a", phase: "Failed");
        await reader.WaitForAsync(snapshot => snapshot.Workloads[0].Status == WorkloadStatus.Error);
        cluster.Fake.Delete("MCPServer", "b");
        WorkloadSnapshot last = await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 1);

        last.IsComplete.Should().BeTrue();
        cluster.Fake.CountLists("mcpservers").Should().Be(1, "changes arrive by watch, not by listing");
    }

    [Fact]
    public async Task WatchAsync_WatchEndsRegularly_IsResumedWithoutListing()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        await using SnapshotReader reader = new(cluster.Directory);
        await WatchingAsync(cluster, 1);

        cluster.Fake.EndWatches();
        await WatchingAsync(cluster, 2);
        cluster.Fake.ApplyServer("a");
        await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 1);

        cluster.Fake.CountLists("mcpservers").Should().Be(1);
    }

    [Fact]
    public async Task WatchAsync_ConnectionBreaks_MissesNothing()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.ApplyServer("a");
        await using SnapshotReader reader = new(cluster.Directory);
        await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 1);
        await WatchingAsync(cluster, 1);

        await cluster.Fake.StopAsync();
        cluster.Fake.ApplyServer("b");
        cluster.Fake.Delete("MCPServer", "a");
        await cluster.Fake.StartAgainAsync();
        WorkloadSnapshot snapshot = await reader.WaitForAsync(current => current.Workloads is [{ Name: "b" }]);

        snapshot.IsComplete.Should().BeTrue();
        cluster.Fake.CountLists("mcpservers").Should().Be(1, "the watch went on from its last bookmark");
    }

    [Fact]
    public async Task WatchAsync_VersionExpired_ListsAgainAndDropsWhatIsGone()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.ApplyServer("a");
        cluster.Fake.ApplyServer("b");
        await using SnapshotReader reader = new(cluster.Directory);
        await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 2);
        await WatchingAsync(cluster, 1);

        await cluster.Fake.StopAsync();
        cluster.Fake.Delete("MCPServer", "a");
        cluster.Fake.Compact();
        await cluster.Fake.StartAgainAsync();
        await reader.WaitForAsync(snapshot => snapshot.Workloads is [{ Name: "b" }]);

        cluster.Fake.CountLists("mcpservers").Should().Be(2);
    }

    [Fact]
    public async Task WatchAsync_GoneWhileWatching_ListsAgain()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        await using SnapshotReader reader = new(cluster.Directory);
        await WatchingAsync(cluster, 1);

        cluster.Fake.Compact();
        cluster.Fake.ApplyServer("a");

        await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 1);
        cluster.Fake.CountLists("mcpservers").Should().Be(2);
    }

    [Fact]
    public async Task WatchAsync_ListingFailsLater_KeepsWhatWasKnown()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync((options, _) => options.MaxAttempts = 1);
        cluster.Fake.ApplyServer("a");
        await using SnapshotReader reader = new(cluster.Directory);
        await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 1);
        await WatchingAsync(cluster, 1);

        cluster.Fake.ForbiddenKinds.Add("mcpservers");
        cluster.Fake.Compact();
        WorkloadSnapshot broken = await reader.WaitForAsync(snapshot => !snapshot.IsComplete);
        broken.Workloads.Should().ContainSingle("nothing is deleted because something could not be read");
        cluster.Fake.ForbiddenKinds.Clear();

        (await reader.WaitForAsync(snapshot => snapshot.IsComplete)).Workloads.Should().ContainSingle();
    }

    [Fact]
    public async Task WatchAsync_KindInstalledLater_AppearsByItself()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.MissingKinds.Add("virtualmcpservers");
        cluster.Fake.ApplyServer("a");
        await using SnapshotReader reader = new(cluster.Directory);
        await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 1 && snapshot.IsComplete);

        cluster.Fake.Apply("VirtualMCPServer", "all", """{"groupRef":{"name":"team"}}""", """{"phase":"Ready","url":"http://vmcp-all:4483"}""");
        cluster.Fake.MissingKinds.Clear();

        await reader.WaitForAsync(snapshot => snapshot.Workloads.Any(workload => workload.IsVirtual));
    }

    [Fact]
    public async Task WatchAsync_TokenReplacedWhileWatching_GoesOn()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.Tokens.Add("token-1");
        await using SnapshotReader reader = new(cluster.Directory);
        await WatchingAsync(cluster, 1);

        cluster.WriteServiceAccount("token-2");
        cluster.Fake.Tokens.Add("token-2");
        cluster.Fake.Tokens.Remove("token-1");
        cluster.Fake.EndWatches();
        cluster.Fake.ApplyServer("a");

        await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 1);
    }

    [Fact]
    public async Task WatchAsync_UnchangedResourceIsWritten_ReportsNothing()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.ApplyServer("a");
        await using SnapshotReader reader = new(cluster.Directory);
        await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 1);
        await WatchingAsync(cluster, 1);
        int before = reader.Count;

        cluster.Fake.ApplyServer("a");
        cluster.Fake.ApplyServer("b");
        await reader.WaitForAsync(snapshot => snapshot.Workloads.Count == 2);

        reader.Count.Should().Be(before + 1);
    }

    private static Task WatchingAsync(ClusterFixture cluster, int times) => cluster.Fake.WaitForWatchesAsync(WatchedKinds, times);
}
