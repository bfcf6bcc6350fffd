using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Repositories;

public sealed class AgentListingTests
{
    [Theory]
    [InlineData(100, 0, 2)]
    [InlineData(10, 0, 5)]
    [InlineData(10, 7, 7)]
    [InlineData(100, 7, 6)]
    public async Task ListAsync_AnyPageSize_ReadsEveryAgentOnce(int pageSize, int largestPage, int calls)
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(
            coder => coder with { LargestPage = largestPage }, fleet: options => options.PageSize = pageSize);
        for (int i = 0; i < 32; i++)
        {
            harness.State.AddIdle($"agent-{i}");
        }

        IReadOnlyList<AgentDetails> agents = await harness.Get<IAgentService>().ListAsync(new AgentListQuery());

        agents.Select(details => details.Agent.Name).Should().Equal(Enumerable.Range(0, 32).Select(i => $"agent-{i}"));
        harness.Coder.Journal.Count(entry => entry.Path == "/api/v2/workspaces").Should().Be(calls);
        harness.Coder.Journal.Should().OnlyContain(entry => entry.Path != "/api/v2/workspaces" || entry.Query.Contains("q=owner%3Ame"));
    }

    [Fact]
    public async Task ListAsync_OneMalformedWorkspace_CostsItselfOnly()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.State.AddIdle("good");
        FakeWorkspace bad = harness.State.AddIdle("bad");
        bad.Overrides["created_at"] = "\"no time\"";
        FakeWorkspace empty = harness.State.AddIdle("empty");
        empty.Overrides["latest_build"] = "null";

        IReadOnlyList<AgentDetails> agents = await harness.Get<IAgentService>().ListAsync(new AgentListQuery());

        agents.Select(details => (details.Agent.Name, details.Agent.Status)).Should().Equal(("good", AgentStatus.Idle), ("empty", AgentStatus.Failed));
        harness.Logs.Lines.Should().ContainSingle(line => line.Contains(bad.Id.ToString()) && line.Contains("no readable creation time"));
    }

    [Fact]
    public async Task ListAsync_Roles_ComeFromTheVersionOfTheBuildAndAreReadOnce()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.State.AddIdle("old");
        harness.State.Template.Publish("Reviewer");
        harness.State.AddIdle("new");
        IAgentService agents = harness.Get<IAgentService>();

        IReadOnlyList<AgentDetails> first = await agents.ListAsync(new AgentListQuery());
        await agents.ListAsync(new AgentListQuery());

        first.Select(details => (details.Agent.Role, details.Agent.Outdated)).Should().Equal(("Coder", true), ("Reviewer", false));
        harness.Coder.Journal.Count(entry => entry.Path.EndsWith("/presets", StringComparison.Ordinal)).Should().Be(2);
    }

    [Fact]
    public async Task ListAsync_RolesThatCannotBeRead_AreUnknownAndAskedForAgain()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.State.AddIdle("henk");
        harness.Coder.Faults.Add(new Fault { Path = "/presets$", Status = 500 });
        IAgentService agents = harness.Get<IAgentService>();

        (await agents.ListAsync(new AgentListQuery()))[0].Agent.Role.Should().Be("Unknown");
        (await agents.ListAsync(new AgentListQuery()))[0].Agent.Role.Should().Be("Coder");
    }

    [Fact]
    public async Task ListAsync_NoPresetOrOneThatIsGone_IsUnknown()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        FakeTemplate bare = harness.State.AddTemplate("bare", "Bare");
        harness.State.AddIdle("without", template: bare);
        harness.Coder.Faults.Add(new Fault { Path = "/presets$", Status = 404 });
        harness.State.AddIdle("gone");
        IAgentService agents = harness.Get<IAgentService>();

        (await agents.ListAsync(new AgentListQuery())).Select(details => details.Agent.Role).Should().Equal("Unknown", "Unknown");
        await agents.ListAsync(new AgentListQuery());
        harness.Coder.Journal.Count(entry => entry.Path.EndsWith("/presets", StringComparison.Ordinal)).Should().Be(1, "a miss is an answer too");
    }

    [Fact]
    public async Task ListAsync_FurtherQuery_IsSent()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(fleet: options => options.WorkspaceQuery = "has-ai-task:true");
        await harness.Get<IAgentService>().ListAsync(new AgentListQuery { Owner = "*" });

        harness.Coder.Journal.Select(entry => entry.Query).Should().BeEquivalentTo(
            ["?q=has-ai-task%3Atrue&limit=100&offset=0", "?q=has-ai-task%3Atrue%20dormant%3Atrue&limit=100&offset=0"]);
    }

    [Fact]
    public async Task ListAsync_CallerLeaves_StopsReadingPages()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(fleet: options => options.PageSize = 1);
        harness.State.AddIdle("one");
        harness.State.AddIdle("two");
        using CancellationTokenSource stop = new();
        harness.Coder.Faults.Add(new Fault { Path = "/workspaces$", Before = stop.Cancel, PassOn = true });

        await harness.Get<IAgentService>().Invoking(agents => agents.ListAsync(new AgentListQuery(), stop.Token))
            .Should().ThrowAsync<OperationCanceledException>();

        harness.Coder.Journal.Should().HaveCountLessThanOrEqualTo(2);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(30)]
    public async Task ListAsync_RowsDroppedAfterTheLimit_CostsOneCallMoreAndNoAgent(int pageSize)
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(fleet: options => options.PageSize = pageSize);
        for (int i = 0; i < 257; i++)
        {
            // First an empty page, then pages of all sizes.
            harness.State.AddIdle($"agent-{i}").IsHidden = i < 100 || i % 7 == 3;
        }

        IReadOnlyList<AgentDetails> agents = await harness.Get<IAgentService>().ListAsync(new AgentListQuery());

        agents.Select(details => details.Agent.Name).Should().Equal(Enumerable.Range(100, 157).Where(i => i % 7 != 3).Select(i => $"agent-{i}"));
        harness.Coder.Journal.Count(entry => entry.Path == "/api/v2/workspaces").Should().BeLessThanOrEqualTo(((257 + pageSize - 1) / pageSize) + 2);
    }

    [Fact]
    public async Task ListAsync_AnyRowsDroppedAndAnyPages_ListsEveryVisibleAgentOnceInFewCalls()
    {
        Random random = new(20260102);
        for (int round = 0; round < 25; round++)
        {
            int pageSize = random.Next(1, 40);
            int largestPage = random.Next(3) == 0 ? random.Next(1, 40) : 0;
            await using ClientHarness harness = await ClientHarness.StartAsync(
                coder => coder with { LargestPage = largestPage }, fleet: options => options.PageSize = pageSize);
            int hidden = largestPage > 0 ? 0 : random.Next(100);
            string[] visible =
            [
                .. Enumerable.Range(0, random.Next(90)).Select(i => harness.State.AddIdle($"agent-{i}")).Where(workspace =>
                {
                    workspace.IsHidden = random.Next(100) < hidden;
                    return !workspace.IsHidden;
                }).Select(workspace => workspace.Name),
            ];

            IReadOnlyList<AgentDetails> agents = await harness.Get<IAgentService>().ListAsync(new AgentListQuery());

            agents.Select(details => details.Agent.Name).Should().BeEquivalentTo(visible);
            int step = largestPage > 0 ? Math.Min(largestPage, pageSize) : pageSize;
            harness.Coder.Journal.Count(entry => entry.Path == "/api/v2/workspaces").Should().BeLessThanOrEqualTo((90 / step) + 4);
        }
    }

    [Fact]
    public async Task ListAsync_AbsurdCount_IsRefusedAndNotFollowed()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.Coder.Faults.Add(new Fault { Path = "/workspaces$", Status = 200, Times = 2, Body = """{"workspaces":[],"count":2000000000}""" });

        await harness.Get<IAgentService>().Invoking(agents => agents.ListAsync(new AgentListQuery()))
            .Should().ThrowAsync<CoderApiException>().WithMessage("*2000000000 workspaces*WorkspaceQuery*");
    }

    [Fact]
    public async Task ListAsync_DormantAgent_IsListedWithItsDateOfDeletion()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        harness.State.AddIdle("awake");
        FakeWorkspace asleep = harness.State.AddIdle("asleep");
        harness.State.QueueBuild(asleep, "stop");
        harness.Clock.Advance(TimeSpan.FromMinutes(1));
        asleep.DormantAt = harness.State.Now;
        asleep.DeletingAt = harness.State.Now.AddDays(7);

        IReadOnlyList<AgentDetails> agents = await harness.Get<IAgentService>().ListAsync(new AgentListQuery());

        Agent agent = agents.Select(details => details.Agent).Should().ContainSingle(one => one.Name == "asleep").Subject;
        (agent.DormantAt, agent.DeletingAt, agent.Status).Should().Be((asleep.DormantAt, asleep.DeletingAt, AgentStatus.Stopped));
        agent.StatusReason.Should().Contain("dormant since").And.Contain("Coder deletes it at").And.Contain("start_agent");
        agents.Should().HaveCount(2);
    }
}
