using System.Text.Json;
using Coder.Client.Tests.Support;

namespace Coder.Client.Tests.EndToEnd;

public sealed class AgentLifeTests
{
    [Theory]
    [InlineData("2.27.1")]
    [InlineData("2.28.3")]
    [InlineData("2.29.1")]
    [InlineData("2.34.3")]
    [InlineData("2.37.0")]
    public async Task WholeLife_OfAnAgent_OnEveryKindOfServer(string version)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(coder => coder with { Version = version });

        (await fleet.CallAsync("list_agents")).GetProperty("total_count").GetInt32().Should().Be(0);

        JsonElement created = await fleet.CallAsync("create_agent", new { name = "Henk", project = "setup", task = "Read the docs", role = "researcher" });
        created.GetProperty("message").GetString().Should().Be("Agent 'Henk' created successfully");
        JsonElement agent = created.GetProperty("agent");
        agent.GetProperty("status").GetString().Should().Be("pending");
        agent.GetProperty("role").GetString().Should().Be("Researcher");
        agent.GetProperty("last_task").GetString().Should().Be("Read the docs");

        (await WaitAsync(fleet, "busy")).Should().BeTrue("the first task starts by itself");
        (await WaitAsync(fleet, "idle")).Should().BeTrue("the first task ends");

        JsonElement started = await fleet.CallAsync("start_agent_task", new { agent_name = "henk", task_description = "Fix the bug" });
        started.GetProperty("message").GetString().Should().Be("Task assigned to agent 'henk' successfully");
        (await StatusAsync(fleet)).Should().Be("busy");

        fleet.Clock.Advance(TimeSpan.FromSeconds(5));
        JsonElement cancelled = await fleet.CallAsync("cancel_agent_task", new { agent_name = "henk" });
        cancelled.GetProperty("message").GetString().Should().Be("Task canceled for agent 'henk' successfully");
        cancelled.GetProperty("interrupt_sent").GetBoolean().Should().BeTrue();
        fleet.State.Workspaces[0].Keys.Should().Equal("\u001b");
        (await StatusAsync(fleet)).Should().Be("idle");

        JsonElement history = await fleet.CallAsync("show_agent_task_history", new { agent_name = "henk", page_size = 2 });
        history.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("message").GetString())
            .Should().Equal("Interrupted.", "Working on: Fix the bug");
        history.GetProperty("total_count").GetInt32().Should().Be(4);
        history.GetProperty("has_next_page").GetBoolean().Should().BeTrue();

        JsonElement log = await fleet.CallAsync("show_agent_log", new { agent_name = "henk" });
        log.GetProperty("logs").EnumerateArray().Should().ContainSingle().Which.GetProperty("content").GetString().Should().Be("Interrupted.");
        log.GetProperty("total_count").GetInt32().Should().Be(5);

        JsonElement restarted = await fleet.CallAsync("restart_agent", new { agent_name = "henk" });
        restarted.GetProperty("message").GetString().Should().Be("Agent 'henk' restarted successfully");
        restarted.GetProperty("agent").GetProperty("name").GetString().Should().Be("Henk");
        restarted.GetProperty("agent").GetProperty("status").GetString().Should().Be("pending");
        fleet.State.Workspaces[0].Builds.Select(build => build.Transition).Should().Equal("start", "stop", "start");
        (await WaitAsync(fleet, "idle")).Should().BeTrue("a restarted agent has no task");

        JsonElement deleted = await fleet.CallAsync("delete_agent", new { agent_name = "henk" });
        deleted.GetProperty("message").GetString().Should().Be("Agent 'henk' deleted successfully");
        (await WaitAsync(fleet, "deleted")).Should().BeTrue();
        (await fleet.CallAsync("list_agents")).GetProperty("total_count").GetInt32().Should().Be(0);
    }

    private static async Task<bool> WaitAsync(FleetHarness fleet, string status)
    {
        JsonElement waited = await fleet.CallAsync("wait_for_agent", new { agent_name = "henk", status, timeout_seconds = 600 });
        return waited.GetProperty("reached").GetBoolean();
    }

    private static async Task<string?> StatusAsync(FleetHarness fleet) =>
        (await fleet.CallAsync("show_agent", new { agent_name = "HENK" })).GetProperty("agent").GetProperty("status").GetString();
}
