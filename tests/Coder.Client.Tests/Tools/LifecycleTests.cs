using System.Text.Json;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Tools;

public sealed class LifecycleTests
{
    [Fact]
    public async Task DeleteAgent_IdleOrBusy_QueuesADeleteBuild()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace busy = fleet.State.AddBusy("henk");

        JsonElement result = await fleet.CallAsync("delete_agent", new { agent_name = "HENK" });

        result.EnumerateObject().Select(member => member.Name).Should().Equal("agent_name", "workspace_id", "actions", "message");
        (result.GetProperty("agent_name").GetString(), result.GetProperty("workspace_id").GetGuid()).Should().Be(("henk", busy.Id));
        Actions(result).Should().Equal("queued a delete build");
        busy.Latest.Transition.Should().Be("delete");
    }

    [Theory]
    [InlineData("delete_agent", "henk", "Information", "delete_agent of agent 'henk' done.")]
    [InlineData("restart_agent", "henk", "Information", "restart_agent of agent 'henk' done.")]
    [InlineData("delete_agent", "nobody", "Warning", "delete_agent of agent 'nobody' failed: ")]
    public async Task DestructiveTool_Called_LeavesALineThatNamesToolAndAgent(string tool, string agent, string level, string line)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("henk");

        await fleet.TryCallAsync(tool, new { agent_name = agent });

        fleet.Logs.Lines.Should().ContainSingle(logged => logged.StartsWith(level, StringComparison.Ordinal) && logged.Contains(line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "cancelled the start build in the way")]
    [InlineData(false, "waited for the start build in the way (running)")]
    public async Task DeleteAgent_WhileItStarts_CancelsOrWaits(bool allowed, string action)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.Template.AllowCancel = allowed;
        FakeWorkspace fake = fleet.State.Add("henk", null, null, "x");

        JsonElement result = await fleet.CallAsync("delete_agent", new { agent_name = "henk" });

        Actions(result).Should().Equal(action, "queued a delete build");
        fake.Latest.Transition.Should().Be("delete");
    }

    [Fact]
    public async Task DeleteAgent_BuildQueuedInBetween_IsWaitedFor()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace fake = fleet.State.AddIdle("henk");
        fleet.Coder.Faults.Add(new Fault { Method = "POST", Path = "/builds$", Before = () => fleet.State.QueueBuild(fake, "stop"), PassOn = true });

        JsonElement result = await fleet.CallAsync("delete_agent", new { agent_name = "henk" });

        Actions(result).Should().Equal("waited for the stop build in the way (stopped)", "queued a delete build");
    }

    [Fact]
    public async Task DeleteAgent_Twice_IsNotAFault()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("henk");
        await fleet.CallAsync("delete_agent", new { agent_name = "henk" });

        Actions(await fleet.CallAsync("delete_agent", new { agent_name = "henk" })).Should().Equal("a delete build is already under way");
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("stopped")]
    [InlineData("canceled")]
    public async Task DeleteAgent_InAnyState_Works(string state)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace fake = await InStateAsync(fleet, state);

        await fleet.CallAsync("delete_agent", new { agent_name = "henk" });

        fake.Latest.Transition.Should().Be("delete");
    }

    [Fact]
    public async Task RestartAgent_Order_IsStopThenWaitThenStart()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace fake = fleet.State.AddIdle("henk");

        JsonElement result = await fleet.CallAsync("restart_agent", new { agent_name = "henk" });

        Actions(result).Should().Equal("queued a stop build", "queued a start build");
        (fake.Builds[2].CreatedAt - fake.Builds[1].EndsAt).Should().BeGreaterThanOrEqualTo(TimeSpan.Zero);
        (result.GetProperty("agent_name").GetString(), result.GetProperty("workspace_id").GetGuid(), result.GetProperty("status").GetString())
            .Should().Be(("henk", fake.Id, "pending"));
        (result.GetProperty("agent").GetProperty("role").GetString(), result.GetProperty("agent").GetProperty("project").GetString())
            .Should().Be(("Coder", "Setup"));
    }

    [Fact]
    public async Task RestartAgent_Stopped_SkipsTheStop()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        await InStateAsync(fleet, "stopped");

        Actions(await fleet.CallAsync("restart_agent", new { agent_name = "henk" })).Should().Equal("it was stopped already", "queued a start build");
    }

    [Fact]
    public async Task RestartAgent_BusyThenWait_IsIdleAndNotBusyForEver()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddBusy("henk");

        JsonElement result = await fleet.CallAsync("restart_agent", new { agent_name = "henk", wait_seconds = 600 });

        result.GetProperty("status").GetString().Should().Be("idle", "a report from before the start says nothing");
        result.GetProperty("wait").GetProperty("reached").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task RestartAgent_StopFails_IsAFault()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace fake = fleet.State.AddIdle("henk");
        fleet.State.NextBuildError = "cannot destroy";

        JsonElement error = await fleet.FailAsync("restart_agent", new { agent_name = "henk" });

        (error.GetProperty("code").GetString(), error.GetProperty("message").GetString())
            .Should().Be(("BUILD_FAILED", "The stop build of agent 'henk' ended as 'failed': cannot destroy"));
        fake.Builds.Should().HaveCount(2, "nothing is started after a failed stop");
    }

    [Fact]
    public async Task RestartAgent_StopTakesTooLong_EndsAtTheLimit()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(
            coder => coder with { BuildTime = TimeSpan.FromHours(1) }, options => options.BuildTimeout = TimeSpan.FromMinutes(1));
        fleet.State.AddIdle("henk");

        JsonElement error = await fleet.FailAsync("restart_agent", new { agent_name = "henk" });

        (error.GetProperty("code").GetString(), error.GetProperty("message").GetString()).Should()
            .Be(("SERVICE_UNAVAILABLE", "Agent 'henk': the stop build took longer than 60 s. Call again to go on waiting."));
        fleet.Calls("GET /api/v2/workspacebuilds/").Should().BeLessThan(40, "the pauses grow");
    }

    [Fact]
    public async Task RestartAgent_WhileDeleted_IsAConflict()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.QueueBuild(fleet.State.AddIdle("henk"), "delete");

        JsonElement error = await fleet.FailAsync("restart_agent", new { agent_name = "henk" });

        (error.GetProperty("code").GetString(), error.GetProperty("details").GetProperty("status").GetString()).Should().Be(("CONFLICT", "pending"));
    }

    [Fact]
    public async Task StopAndStart_Agent_AreSafeToRepeat()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace fake = fleet.State.AddIdle("henk");

        Actions(await fleet.CallAsync("start_agent", new { agent_name = "henk" })).Should().Equal("it was started already");
        Actions(await fleet.CallAsync("stop_agent", new { agent_name = "henk" })).Should().Equal("queued a stop build");
        Actions(await fleet.CallAsync("stop_agent", new { agent_name = "henk" })).Should().Equal("a stop build is already under way");
        JsonElement started = await fleet.CallAsync("start_agent", new { agent_name = "henk", wait_seconds = 600 });
        Actions(started).Should().Equal("waited for the stop build in the way (stopped)", "queued a start build");
        started.GetProperty("status").GetString().Should().Be("idle");
        fake.Builds.Select(build => build.Transition).Should().Equal("start", "stop", "start");
    }

    [Fact]
    public async Task UpdateAgent_Outdated_StartsOnTheActiveVersionInTheSameRole()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace fake = fleet.State.AddIdle("henk");
        FakeVersion next = fleet.State.Template.Publish("Operator", "Coder");
        (await fleet.CallAsync("show_agent", new { agent_name = "henk" })).GetProperty("agent").GetProperty("outdated").GetBoolean().Should().BeTrue();

        JsonElement result = await fleet.CallAsync("update_agent", new { agent_name = "henk" });

        (fake.Latest.Transition, fake.Latest.Version, fake.Latest.Preset!.Name).Should().Be(("start", next, "Coder"));
        result.GetProperty("agent").GetProperty("outdated").GetBoolean().Should().BeFalse();
        Actions(await fleet.CallAsync("update_agent", new { agent_name = "henk" })).Should().Equal("it uses the active template version already");
    }

    [Fact]
    public async Task WaitForAgent_ThatCannotHappen_EndsAtOnce()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        await InStateAsync(fleet, "stopped");

        JsonElement result = await fleet.CallAsync("wait_for_agent", new { agent_name = "henk" });

        (result.GetProperty("reached").GetBoolean(), result.GetProperty("reason").GetString())
            .Should().Be((false, "the agent is stopped and no build runs that would start it"));
    }

    [Fact]
    public async Task WaitForAgent_BadArguments_AreRefused()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("henk");

        (await fleet.FailAsync("wait_for_agent", new { agent_name = "henk", status = "asleep" })).GetProperty("message").GetString()
            .Should().Contain("is no status");
        (await fleet.FailAsync("wait_for_agent", new { agent_name = "henk", timeout_seconds = 3601 })).GetProperty("message").GetString()
            .Should().Contain("0 to 3600");
        (await fleet.FailAsync("wait_for_agent", new { agent_name = "piet" })).GetProperty("code").GetString().Should().Be("NOT_FOUND");
        (await fleet.FailAsync("wait_for_agent", new { agent_name = "pi--et" })).GetProperty("code").GetString().Should().Be("INVALID_INPUT");
    }

    [Fact]
    public async Task Wait_CancelledByTheClient_StopsAsking()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("henk");
        using CancellationTokenSource stop = new();
        fleet.Coder.Faults.Add(new Fault { Path = "/workspace/henk$", Before = stop.Cancel, PassOn = true });

        Task call = fleet.Client.CallToolAsync(
            "wait_for_agent", new Dictionary<string, object?> { ["agent_name"] = "henk", ["status"] = "stopped" }, cancellationToken: stop.Token).AsTask();

        await fleet.Clock.PumpAsync(call.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>());
    }

    private static IEnumerable<string?> Actions(JsonElement result) => result.GetProperty("actions").EnumerateArray().Select(action => action.GetString());

    private static Task<FakeWorkspace> InStateAsync(FleetHarness fleet, string state)
    {
        fleet.State.Template.AllowCancel = true;
        fleet.State.NextBuildError = state == "failed" ? "no disk" : null;
        FakeWorkspace fake = fleet.State.Add("henk", null, null, "x");
        switch (state)
        {
            case "canceled":
                fake.Latest.CanceledAt = fleet.Clock.GetUtcNow();
                break;
            case "stopped":
                fleet.Clock.Advance(TimeSpan.FromMinutes(1));
                fleet.State.QueueBuild(fake, "stop");
                fleet.Clock.Advance(TimeSpan.FromMinutes(1));
                break;
            default:
                fleet.Clock.Advance(TimeSpan.FromMinutes(1));
                break;
        }

        fake.Latest.Status(fleet.Clock.GetUtcNow()).Should().Be(state);
        fleet.State.NextBuildError = null;
        return Task.FromResult(fake);
    }
}
