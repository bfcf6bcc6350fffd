using System.Text.Json;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Tools;

/// <summary>What a person must know about an agent is in the answers.</summary>
public sealed class StatusReasonTests
{
    [Fact]
    public async Task ShowAndList_FailedBuild_SayWhy()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.NextBuildError = "terraform apply: quota\u001b[31m exceeded";
        fleet.State.Add("henk", null, null, "x");
        fleet.Clock.Advance(TimeSpan.FromMinutes(5));

        JsonElement agent = (await fleet.CallAsync("show_agent", new { agent_name = "henk" })).GetProperty("agent");
        JsonElement row = (await fleet.CallAsync("list_agents")).GetProperty("agents")[0];

        agent.GetProperty("status").GetString().Should().Be("failed");
        agent.GetProperty("status_reason").GetString().Should().Be("the start build failed: terraform apply: quota exceeded");
        row.GetProperty("status_reason").GetString().Should().Be(agent.GetProperty("status_reason").GetString());
    }

    [Fact]
    public async Task Show_StartError_NamesTheWorkspaceAgent()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("henk").ReadyState = "start_error";

        JsonElement agent = (await fleet.CallAsync("show_agent", new { agent_name = "henk" })).GetProperty("agent");

        agent.GetProperty("status").GetString().Should().Be("failed");
        agent.GetProperty("status_reason").GetString().Should().Contain("'main'").And.Contain("start_error");
    }

    [Fact]
    public async Task StartAgent_Dormant_WakesItFirst()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace workspace = Asleep(fleet);

        JsonElement before = (await fleet.CallAsync("show_agent", new { agent_name = "henk" })).GetProperty("agent");
        JsonElement result = await fleet.CallAsync("start_agent", new { agent_name = "henk" });

        before.GetProperty("dormant_at").GetDateTime().Should().Be(fleet.State.Now.UtcDateTime.AddDays(-30));
        before.GetProperty("deleting_at").GetDateTime().Should().Be(fleet.State.Now.UtcDateTime.AddDays(3));
        before.GetProperty("status_reason").GetString().Should().Contain("dormant since");
        result.GetProperty("actions").EnumerateArray().Select(action => action.GetString()).Should().Equal("woke it from dormancy", "queued a start build");
        result.GetProperty("agent").GetProperty("dormant_at").ValueKind.Should().Be(JsonValueKind.Null);
        workspace.DormantAt.Should().BeNull();
    }

    [Fact]
    public async Task StartAgent_DormantAndNotAllowed_SaysSoAndStartsNothing()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace workspace = Asleep(fleet);
        workspace.RefusesToWake = true;

        JsonElement error = await fleet.FailAsync("start_agent", new { agent_name = "henk" });

        error.GetProperty("code").GetString().Should().Be("CONFLICT");
        error.GetProperty("message").GetString().Should().Contain("dormant").And.Contain("does not wake it").And.Contain("Coder deletes it");
        workspace.Latest.Transition.Should().Be("stop");
    }

    [Theory]
    [InlineData("2.29.1", "pending", "wait_for_agent")]
    [InlineData("2.34.3", "initializing", "wait_for_agent")]
    [InlineData("2.34.3", "paused", "start_agent")]
    public async Task StartTask_TaskIsNotActive_IsNotCalledBusy(string version, string state, string hint)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(coder => coder with { Version = version });
        fleet.State.AddIdle("henk").TaskState = state;

        JsonElement error = await fleet.FailAsync("start_agent_task", new { agent_name = "henk", task_description = "x" });

        error.GetProperty("code").GetString().Should().Be("INVALID_INPUT");
        error.GetProperty("message").GetString().Should().Contain($"task in Coder is {state}").And.Contain(hint).And.NotContain("busy");
    }

    private static FakeWorkspace Asleep(FleetHarness fleet)
    {
        FakeWorkspace workspace = fleet.State.AddIdle("henk");
        fleet.State.QueueBuild(workspace, "stop");
        fleet.Clock.Advance(TimeSpan.FromMinutes(1));
        workspace.DormantAt = fleet.State.Now.AddDays(-30);
        workspace.DeletingAt = fleet.State.Now.AddDays(3);
        return workspace;
    }
}
