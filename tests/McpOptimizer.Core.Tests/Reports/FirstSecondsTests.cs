using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Tests.Fixtures;
using McpOptimizer.Core.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Reports;

/// <summary>What is said while servers are being taken in for the first time.</summary>
public sealed class FirstSecondsTests
{
    private static readonly FindRequest Need = new() { Query = new ToolQuery { Description = "create an issue" } };

    [Fact]
    public async Task Find_NothingThereYet_WaitsForTheFirstServer()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.StartupWait = TimeSpan.FromSeconds(60));
        TaskCompletionSource gate = new();
        optimizer.Workloads.Add("github").Add("dead");
        optimizer.Backends.Wait("github", gate.Task, "create_issue");
        optimizer.Backends.Hang("dead");
        await optimizer.HostAsync();
        Task<FindResult> finding = optimizer.Discovery.FindAsync(Need, CallerIdentity.Anonymous);
        finding.IsCompleted.Should().BeFalse("a server may have it");

        gate.SetResult();

        FindResult found = await finding.WaitAsync(Eventually.Patience);
        found.Tools.Should().ContainSingle();
        found.IsPending.Should().BeTrue();
        found.Starting.Should().Equal("dead");
    }

    [Fact]
    public async Task Find_NothingComesInTime_SaysWhichServersAreStarting()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.StartupWait = TimeSpan.FromMilliseconds(1));
        optimizer.Workloads.Add("dead");
        optimizer.Backends.Hang("dead");
        await optimizer.HostAsync();
        await Eventually.IsAsync(() => optimizer.Get<IngestionStatus>().Starting.Count == 1);

        FindResult found = await optimizer.Discovery.FindAsync(Need, CallerIdentity.Anonymous);

        found.Should().Match<FindResult>(result => result.IsPending && result.NothingFits);
        FindAnswer.Write(found).Should().Contain("still starting").And.Contain("\"starting\":[\"dead\"]").And.NotContain("No tool fits.\"");
        optimizer.Discovery.DescribeCatalog(CallerIdentity.Anonymous).Should().NotContain("No server is connected");
        optimizer.Get<ICallTargetResolver>().Resolve("dead", "x", VisibilityScope.Everything).Reason.Should().Contain("still starting");
    }

    [Fact]
    public async Task Starting_OutsideOfTheCallersProfile_IsNotNamed()
    {
        await using OptimizerFixture optimizer = new(configure: options =>
        {
            options.Ingestion.StartupWait = TimeSpan.FromMilliseconds(1);
            options.Profiles["small"] = new ProfileSettings { Servers = { "mine" } };
        });
        optimizer.Workloads.Add("mine").Add("secret");
        optimizer.Backends.Hang("mine");
        optimizer.Backends.Hang("secret");
        await optimizer.HostAsync();
        await Eventually.IsAsync(() => optimizer.Get<IngestionStatus>().Starting.Count == 2);

        FindResult found = await optimizer.Discovery.FindAsync(Need, new CallerIdentity { Profile = "small" });

        found.Starting.Should().Equal("mine");
    }

    [Fact]
    public async Task Find_NobodyTakesServersIn_AnswersAtOnce()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.StartupWait = TimeSpan.FromSeconds(60));
        await optimizer.Ingestion.LoadAsync();

        FindResult found = await optimizer.Discovery.FindAsync(Need, CallerIdentity.Anonymous).WaitAsync(TimeSpan.FromSeconds(30));

        found.Should().Match<FindResult>(result => !result.IsPending && result.NothingFits);
        FindAnswer.Write(found).Should().Contain("No tool fits.\"");
    }

    [Fact]
    public async Task Ready_EmptyStore_OnlyWhenTheFirstIngestionIsDone()
    {
        await using OptimizerFixture optimizer = new();
        TaskCompletionSource gate = new();
        optimizer.Workloads.Add("a");
        optimizer.Backends.Wait("a", gate.Task, "one");
        await optimizer.HostAsync();
        IngestionStatus status = optimizer.Get<IngestionStatus>();
        status.Should().Match<IngestionStatus>(now => now.IsLoaded && !now.IsReady);
        Task done = status.WaitForFirstIngestionAsync();

        gate.SetResult();

        await done.WaitAsync(Eventually.Patience);
        status.IsReady.Should().BeTrue();
        optimizer.List().Should().Equal("a/one");
    }

    [Fact]
    public async Task Ready_StoredServers_AtOnce()
    {
        using TemporaryFolder folder = new();
        await using (OptimizerFixture before = new(folder.Combine("o.db")))
        {
            before.Workloads.Add("a");
            before.Backends.Set("a", "one");
            await before.StartAsync();
        }

        await using OptimizerFixture after = new(folder.Combine("o.db"));
        after.Workloads.Add("a");
        after.Backends.Hang("a");
        await after.HostAsync();

        after.Get<IngestionStatus>().IsReady.Should().BeTrue();
        (await after.FindAsync("one")).Should().Equal("a/one");
    }

    [Fact]
    public async Task ListChanged_ManyServersOneAfterTheOther_IsToldAtMostEveryTwoSeconds()
    {
        FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
        await using OptimizerFixture optimizer = new(services: services => services.AddSingleton<TimeProvider>(clock));
        await optimizer.Ingestion.LoadAsync();
        int told = 0;
        optimizer.Get<CatalogChanges>().OnChanged(() => told++);
        for (int i = 0; i < 10; i++)
        {
            optimizer.Workloads.Add($"s{i}");
            optimizer.Backends.Set($"s{i}", "one");
            await optimizer.PollAsync();
        }

        told.Should().Be(1, "the first is told at once");
        clock.Advance(TimeSpan.FromSeconds(2));
        told.Should().Be(2, "the others together");
        clock.Advance(TimeSpan.FromSeconds(10));
        told.Should().Be(2, "nothing happened since");
    }
}
