using System.Diagnostics;
using System.Net;
using Shared.Kubernetes;
using Shared.Testing;
using Shared.ToolHive;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Tests.Support;

namespace ToolHive.Client.Tests.Kubernetes;

public sealed class KubernetesListTests
{
    private const string Servers = "/apis/toolhive.stacklok.dev/v1beta1/mcpservers";

    [Fact]
    public async Task ListAsync_SeveralPages_ReadsAll()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync((options, _) => options.PageSize = 10);
        Fill(cluster.Fake, 35);

        WorkloadSnapshot snapshot = await cluster.Directory.ListAsync();

        (snapshot.Workloads.Count, snapshot.IsComplete).Should().Be((35, true));
        cluster.Fake.CountLists("mcpservers").Should().Be(4);
    }

    [Fact]
    public async Task ListAsync_PagesExpireMidway_BeginsAnew()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync((options, _) => options.PageSize = 10);
        Fill(cluster.Fake, 25);
        TaskCompletionSource release = new();
        cluster.Fake.Faults.Add(new Fault { Kind = FaultKind.Delay, Path = Servers, Times = 1, Gate = release.Task });
        Task<WorkloadSnapshot> list = cluster.Directory.ListAsync();
        release.SetResult();
        await cluster.Fake.Journal.WaitForAsync(_ => cluster.Fake.CountLists("mcpservers") > 0);
        cluster.Fake.ExpirePages();

        (await list).Workloads.Should().HaveCount(25);
    }

    [Fact]
    public async Task ListAsync_KindsNotInstalled_AreEmptyNotWrong()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.MissingKinds.UnionWith(["virtualmcpservers", "mcpremoteproxies", "mcpserverentries"]);
        cluster.Fake.ApplyServer("time");

        WorkloadSnapshot snapshot = await cluster.Directory.ListAsync();

        (snapshot.Workloads.Count, snapshot.IsComplete).Should().Be((1, true));
    }

    [Fact]
    public async Task ListAsync_OneKindForbidden_ListsTheOthersAndSaysSo()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.ForbiddenKinds.Add("virtualmcpservers");
        cluster.Fake.ApplyServer("time");

        WorkloadSnapshot snapshot = await cluster.Directory.ListAsync();

        (snapshot.Workloads.Count, snapshot.IsComplete).Should().Be((1, false));
        snapshot.Problems.Should().ContainSingle().Which.Reason.Should().StartWith("VirtualMCPServer: ").And.Contain("403").And.Contain("is forbidden");
    }

    [Fact]
    public async Task ListAsync_ServerErrors_AreTriedAgain()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.ApplyServer("time");
        cluster.Fake.Faults.Fail(Servers, 503, times: 2);

        (await cluster.Directory.ListAsync()).IsComplete.Should().BeTrue();
        cluster.Fake.CountLists("mcpservers").Should().Be(3);
    }

    [Fact]
    public async Task ListAsync_Away_ThrowsUnavailable()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync((options, _) => options.MaxAttempts = 2);
        await cluster.Fake.StopAsync();

        Func<Task> list = () => cluster.Directory.ListAsync();

        await list.Should().ThrowAsync<ToolHiveUnavailableException>().WithMessage(
            "The Kubernetes API server https://127.0.0.1:*from the setting ApiServer) cannot be reached.");
    }

    [Fact]
    public async Task ListAsync_TokenReplaced_IsReadAgainAtOnce()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.Tokens.Add("token-1");
        await cluster.Directory.ListAsync();
        cluster.Fake.Tokens.Clear();
        cluster.Fake.Tokens.Add("token-2");
        cluster.WriteServiceAccount("token-2");

        (await cluster.Directory.ListAsync()).IsComplete.Should().BeTrue();
    }

    [Fact]
    public async Task ListAsync_TokenOlderThanAMinute_IsReadAgainBeforeItIsRefused()
    {
        PausesClock clock = new();
        await using ClusterFixture cluster = await ClusterFixture.StartAsync(clock: clock);
        cluster.Fake.Tokens.UnionWith(["token-1", "token-2"]);
        await cluster.Directory.ListAsync();
        cluster.WriteServiceAccount("token-2");
        clock.Advance(TimeSpan.FromMinutes(2));
        cluster.Fake.Journal.Clear();

        await cluster.Directory.ListAsync();

        cluster.Fake.Journal.Entries.Should().OnlyContain(entry => entry.Headers["Authorization"] == "Bearer token-2");
    }

    [Fact]
    public async Task ListAsync_TokenRefused_SaysSoWithoutIt()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        cluster.Fake.Tokens.Add("another");

        Func<Task> list = () => cluster.Directory.ListAsync();

        (await list.Should().ThrowAsync<ToolHiveApiException>()).Which.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        cluster.Log.Text.Should().NotContain("token-1");
    }

    [Fact]
    public async Task ListAsync_AnotherAuthority_IsNotTrusted()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync((options, fixture) =>
        {
            options.MaxAttempts = 1;
            using TestAuthority stranger = new("stranger");
            File.WriteAllText(fixture.Folder.Combine("account", "ca.crt"), stranger.Pem);
        });

        Func<Task> list = () => cluster.Directory.ListAsync();

        await list.Should().ThrowAsync<ToolHiveUnavailableException>().WithMessage("*(TLS)*");
        cluster.Fake.Journal.Entries.Should().BeEmpty("no request, and no token, reaches a stranger");
    }

    [Fact]
    public async Task ListAsync_ThousandResources_TakesTwoPages()
    {
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        Fill(cluster.Fake, 1000);
        await cluster.Directory.ListAsync();
        Stopwatch watch = Stopwatch.StartNew();

        WorkloadSnapshot snapshot = await cluster.Directory.ListAsync();

        snapshot.Workloads.Should().HaveCount(1000);
        cluster.Fake.CountLists("mcpservers").Should().Be(4, "two listings of two pages");
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30), "this only guards against quadratic work");
    }

    private static void Fill(FakeKubernetes fake, int count)
    {
        for (int i = 0; i < count; i++)
        {
            fake.ApplyServer($"server-{i:0000}", $"team-{i % 20}");
        }
    }
}
