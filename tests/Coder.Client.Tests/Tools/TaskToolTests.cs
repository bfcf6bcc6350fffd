using System.Text.Json;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Tools;

public sealed class TaskToolTests
{
    [Fact]
    public async Task StartAgentTask_Result_IsTheContractAndMore()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace fake = fleet.State.AddIdle("henk");

        JsonElement result = await fleet.CallAsync("start_agent_task", new { agent_name = "henk", task_description = "Fix it" });

        FleetHarness.Json(result).Should().Be("""
            {"agent_name":"henk","task_description":"Fix it","task":{"message":"Fix it","created_at":"2026-03-01T09:00:00Z"},"message":"Task assigned to agent 'henk' successfully"}
            """);
        fake.IsWorking.Should().BeTrue();
        fleet.Coder.Journal.Should().HaveCount(3, "find, roles once, send");
    }

    [Theory]
    [InlineData("2.27.1", true, "/api/experimental/tasks/alice/WORKSPACE/send")]
    [InlineData("2.28.0", true, "/api/experimental/tasks/alice/TASK/send")]
    [InlineData("2.28.0", false, "/@alice/henk/apps/ccw/message")]
    [InlineData("2.29.1", true, "/api/v2/tasks/alice/TASK/send")]
    [InlineData("2.34.3", false, "/@alice/henk/apps/ccw/message")]
    [InlineData("2.37.0", true, "/@alice/henk/apps/ccw/message")]
    [InlineData("2.25.0", false, "/@alice/henk/apps/ccw/message")]
    public async Task StartAgentTask_OnAnyServer_ResolvesTheTask(string version, bool asTask, string path)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(coder => coder with { Version = version });
        FakeWorkspace fake = fleet.State.AddIdle("henk");
        fake.TaskId = asTask ? fake.TaskId ?? FakeIds.Next() : null;

        await fleet.CallAsync("start_agent_task", new { agent_name = "henk", task_description = "Fix it" });

        fake.IsWorking.Should().BeTrue();
        string expected = path.Replace("WORKSPACE", $"{fake.Id}", StringComparison.Ordinal).Replace("TASK", $"{fake.TaskId}", StringComparison.Ordinal);
        fleet.Coder.Journal.Last(entry => entry.Method == "POST").Path.Should().Be(expected);
        (await fleet.CallAsync("show_agent_log", new { agent_name = "henk" })).GetProperty("logs")[0].GetProperty("content").GetString().Should().Be("Fix it");
    }

    [Theory]
    [InlineData("henk", " ", "INVALID_INPUT", "empty")]
    [InlineData("piet", "x", "NOT_FOUND", "not found")]
    [InlineData("busy", "x", "CONFLICT", "non-idle")]
    [InlineData("start", "x", "INVALID_INPUT", "offline")]
    [InlineData("stopped", "x", "INVALID_INPUT", "offline")]
    public async Task StartAgentTask_BrokenRule_SaysWhich(string name, string task, string code, string fragment)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("henk");
        fleet.State.AddBusy("busy");
        FakeWorkspace stopped = fleet.State.AddIdle("stopped");
        fleet.State.QueueBuild(stopped, "stop");
        fleet.Clock.Advance(TimeSpan.FromMinutes(1));
        fleet.State.Add("start", null, null, "x");

        JsonElement error = await fleet.FailAsync("start_agent_task", new { agent_name = name, task_description = task });

        (error.GetProperty("code").GetString(), error.GetProperty("message").GetString()!.Contains(fragment, StringComparison.Ordinal))
            .Should().Be((code, true), error.GetRawText());
        fleet.Calls("^POST").Should().Be(0);
    }

    [Theory]
    [InlineData("2.27.1", true)]
    [InlineData("2.31.0", true)]
    [InlineData("2.32.0", true)]
    [InlineData("2.37.0", true)]
    public async Task StartAgentTask_AgentBeginsInBetween_IsAConflictOnEveryServer(string version, bool asTask)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(coder => coder with { Version = version });
        FakeWorkspace fake = fleet.State.AddIdle("henk");
        fake.TaskId = asTask ? fake.TaskId : null;
        fleet.Coder.Faults.Add(
            new Fault
            {
                Method = "POST",
                Path = "(send|message)$",
                Before = () => fake.BeginTask("faster", fleet.Clock.GetUtcNow(), TimeSpan.FromHours(1)),
                PassOn = true,
            });

        JsonElement error = await fleet.FailAsync("start_agent_task", new { agent_name = "henk", task_description = "x" });

        (error.GetProperty("code").GetString(), error.GetProperty("details").GetProperty("status").GetString()).Should().Be(("CONFLICT", "busy"));
    }

    [Fact]
    public async Task StartAgentTask_AgentCannotBeReached_IsUnavailable()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("henk");
        fleet.Coder.Faults.Add(new Fault { Path = "(send|status)$", Status = 502, Times = 9, Body = """{"message":"Failed to reach task app endpoint."}""" });

        JsonElement error = await fleet.FailAsync("start_agent_task", new { agent_name = "henk", task_description = "x" });

        error.GetProperty("code").GetString().Should().Be("SERVICE_UNAVAILABLE");
        error.GetProperty("message").GetString().Should().Contain("Failed to reach");
    }

    [Fact]
    public async Task CancelAgentTask_ListeningAgent_StopsAtTheFirstInterrupt()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace fake = fleet.State.AddBusy("henk");
        await fleet.CallAsync("show_agent", new { agent_name = "henk" });
        fleet.Coder.ClearJournal();

        JsonElement result = await fleet.CallAsync("cancel_agent_task", new { agent_name = "henk" });

        FleetHarness.Json(result).Should().Be("""{"agent_name":"henk","interrupt_sent":true,"interrupts":1,"status":"idle","message":"Task canceled for agent 'henk' successfully"}""");
        fake.Keys.Should().Equal("\u001b");
        fleet.Coder.Journal.Should().HaveCount(3, "find, interrupt, look");
    }

    [Fact]
    public async Task CancelAgentTask_DeafAgent_IsInterruptedAgainAfterTwoSeconds()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace fake = fleet.State.AddBusy("henk");
        fake.InterruptsNeeded = 2;
        DateTimeOffset begun = fleet.Clock.GetUtcNow();

        JsonElement result = await fleet.CallAsync("cancel_agent_task", new { agent_name = "henk" });

        (result.GetProperty("interrupts").GetInt32(), result.GetProperty("status").GetString()).Should().Be((2, "idle"));
        (fleet.Clock.GetUtcNow() - begun).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2)).And.BeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task CancelAgentTask_AgentThatNeverStops_ReturnsWithinFiveSeconds()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddBusy("henk").InterruptsNeeded = 100;
        DateTimeOffset begun = fleet.Clock.GetUtcNow();

        JsonElement result = await fleet.CallAsync("cancel_agent_task", new { agent_name = "henk" });

        (result.GetProperty("interrupts").GetInt32(), result.GetProperty("status").GetString()).Should().Be((2, "busy"));
        result.GetProperty("message").GetString().Should().Contain("still works");
        (fleet.Clock.GetUtcNow() - begun).Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task CancelAgentTask_CoderHangs_ReturnsWithinFiveSeconds()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddBusy("henk");
        fleet.Coder.Faults.Add(new Fault { Path = "/message$", Hang = true });

        Task<ModelContextProtocol.Protocol.CallToolResult> call = fleet.Client.CallToolAsync(
            "cancel_agent_task", new Dictionary<string, object?> { ["agent_name"] = "henk" }).AsTask();
        await fleet.Clock.AdvanceWhenAsync(() => fleet.Calls("/message$") == 1, TimeSpan.FromSeconds(4.6));

        JsonElement error = (await call).StructuredContent!.Value.GetProperty("error");
        (error.GetProperty("code").GetString(), error.GetProperty("message").GetString()!.Contains("within 4.5 s", StringComparison.Ordinal))
            .Should().Be(("SERVICE_UNAVAILABLE", true));
    }

    [Fact]
    public async Task CancelAgentTask_ControlC_IsSettable()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(fleet: options => options.Interrupt = Models.InterruptKey.ControlC);
        FakeWorkspace fake = fleet.State.AddBusy("henk");

        await fleet.CallAsync("cancel_agent_task", new { agent_name = "henk" });

        fake.Keys.Should().Equal("\u0003");
    }

    [Fact]
    public async Task CancelAgentTask_NotBusy_IsRefused()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("henk");
        fleet.State.Add("start", null, null, "x");

        JsonElement idle = await fleet.FailAsync("cancel_agent_task", new { agent_name = "henk" });
        JsonElement starting = await fleet.FailAsync("cancel_agent_task", new { agent_name = "start" });

        (idle.GetProperty("code").GetString(), idle.GetProperty("message").GetString())
            .Should().Be(("INVALID_INPUT", "Agent 'henk' is idle: there is no task to cancel for a non-busy agent."));
        starting.GetProperty("details").GetProperty("required_status").GetString().Should().Be("busy");
    }

    [Fact]
    public async Task ShowAgentTaskHistory_ManyReports_ArePagedNewestFirst()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace fake = fleet.State.AddIdle("henk");
        foreach (int i in Enumerable.Range(0, 1200).OrderBy(i => i % 7))
        {
            fake.Statuses.Add(new FakeAppStatus(fleet.Clock.GetUtcNow().AddSeconds(i - 5000), "working", $"step {i}", i % 2 == 0 ? "https://example.com" : ""));
        }

        JsonElement first = await fleet.CallAsync("show_agent_task_history", new { agent_name = "henk" });
        JsonElement last = await fleet.CallAsync("show_agent_task_history", new { agent_name = "henk", page = 12, page_size = 100 });
        JsonElement beyond = await fleet.CallAsync("show_agent_task_history", new { agent_name = "henk", page = 13, page_size = 100 });

        first.GetProperty("tasks")[0].GetRawText().Should().Be("""{"message":"step 1199","state":"working","uri":null,"needs_user_attention":false,"created_at":"2026-03-01T07:56:39Z"}""");
        first.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("message").GetString())
            .Should().Equal(Enumerable.Range(0, 20).Select(i => $"step {1199 - i}"));
        (first.GetProperty("page").GetInt32(), first.GetProperty("page_size").GetInt32(), first.GetProperty("total_count").GetInt32())
            .Should().Be((1, 20, 1200));
        (last.GetProperty("tasks").GetArrayLength(), last.GetProperty("has_next_page").GetBoolean(), last.GetProperty("has_previous_page").GetBoolean())
            .Should().Be((100, false, true));
        (beyond.GetProperty("tasks").GetArrayLength(), beyond.GetProperty("total_count").GetInt32()).Should().Be((0, 1200));
    }

    [Theory]
    [InlineData("show_agent_task_history", 0, 20)]
    [InlineData("show_agent_task_history", 1, 101)]
    [InlineData("show_agent_log", 1, 0)]
    [InlineData("show_agent_log", -3, 1)]
    public async Task Paging_OutOfRange_IsRefused(string tool, int page, int size)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("henk");

        (await fleet.FailAsync(tool, new { agent_name = "henk", page, page_size = size })).GetProperty("code").GetString().Should().Be("INVALID_INPUT");
        fleet.Coder.Journal.Should().BeEmpty();
    }

    [Fact]
    public async Task ShowAgentLog_Default_IsTheNewestEntryCleanedAndCut()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace fake = fleet.State.AddIdle("henk");
        fake.Say("user", "question", fleet.Clock.GetUtcNow());
        fake.Say("agent", "\u001b[1m" + new string('x', 9000), fleet.Clock.GetUtcNow());

        JsonElement log = await fleet.CallAsync("show_agent_log", new { agent_name = "henk" });
        JsonElement all = await fleet.CallAsync("show_agent_log", new { agent_name = "henk", page_size = 100, max_characters = 100, after_id = 0 });

        JsonElement entry = log.GetProperty("logs").EnumerateArray().Should().ContainSingle().Subject;
        (entry.GetProperty("id").GetInt64(), entry.GetProperty("type").GetString(), entry.GetProperty("truncated").GetBoolean())
            .Should().Be((2, "output", true));
        entry.GetProperty("content").GetString().Should().Contain("[5000 of 9000 characters left out]").And.NotContain("\u001b");
        all.GetProperty("logs").EnumerateArray().Select(one => (one.GetProperty("id").GetInt64(), one.GetProperty("type").GetString()))
            .Should().Equal((2, "output"), (1, "input"));
        all.GetProperty("logs")[0].GetProperty("content").GetString()!.Length.Should().BeLessThan(200);
    }

    [Theory]
    [InlineData("2.27.1")]
    [InlineData("2.28.0")]
    [InlineData("2.34.3")]
    [InlineData("2.37.0")]
    public async Task ShowAgentLog_AgentThatDoesNotRun_IsEmpty(string version)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(coder => coder with { Version = version });
        FakeWorkspace fake = fleet.State.AddIdle("henk");
        fleet.State.QueueBuild(fake, "stop");
        fleet.Clock.Advance(TimeSpan.FromMinutes(1));

        (await fleet.CallAsync("show_agent_log", new { agent_name = "henk" })).GetProperty("total_count").GetInt32().Should().Be(0);
    }
}
