using System.Text.Json;
using Coder.Client.Tests.Support;
using ModelContextProtocol;
using Shared.Coder;

namespace Coder.Client.Tests.Tools;

public sealed class CreateAgentTests
{
    [Theory]
    [InlineData("2.27.1", "POST /api/v2/users/me/workspaces$")]
    [InlineData("2.28.0", "POST /api/experimental/tasks/me$")]
    [InlineData("2.34.3", "POST /api/v2/tasks/me$")]
    [InlineData("2.37.0", "POST /api/v2/users/me/workspaces$")]
    public async Task CreateAgent_OnAnyServer_TakesTheWayThatWorksThere(string version, string call)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(coder => coder with { Version = version });

        await fleet.CallAsync("create_agent", new { name = "henk", project = "Setup", task = "Fix it" });

        fleet.Calls(call).Should().Be(1);
        FakeWorkspace made = fleet.State.Workspaces.Should().ContainSingle().Subject;
        (made.Prompt, made.Latest.Preset!.Name).Should().Be(("Fix it", "Coder"), "the default role is used");
    }

    [Fact]
    public async Task CreateAgent_SecondTime_NeedsFewCalls()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        await fleet.CallAsync("create_agent", new { name = "one", project = "Setup", task = "Fix it" });
        fleet.Coder.ClearJournal();

        await fleet.CallAsync("create_agent", new { name = "two", project = "Setup", task = "Fix it" });

        fleet.Coder.Journal.Select(entry => $"{entry.Method} {entry.Path}").Should().BeEquivalentTo(
            "GET /api/v2/templates", "GET /api/v2/templates", "GET /api/v2/users/me/workspace/two", "POST /api/v2/tasks/me", $"GET /api/v2/workspaces/{fleet.State.Workspaces[1].Id}");
    }

    [Fact]
    public async Task CreateAgent_WithWait_ReportsProgressUntilIdle()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        List<ProgressNotificationValue> reports = [];
        Collector progress = new(reports);

        JsonElement result = await fleet.CallAsync("create_agent", new { name = "henk", project = "Setup", task = "Fix it", wait_seconds = 600 }, progress);

        (result.GetProperty("wait").GetProperty("reached").GetBoolean(), result.GetProperty("agent").GetProperty("status").GetString())
            .Should().Be((true, "idle"));
        lock (reports)
        {
            reports.Should().Contain(report => report.Message!.Contains("pending")).And.Contain(report => report.Message!.Contains("busy"));
            reports.Should().OnlyContain(report => report.Total == 600);
        }
    }

    [Fact]
    public async Task CreateAgent_WaitTooShort_SaysHowFarItCame()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();

        JsonElement wait = (
            await fleet.CallAsync("create_agent", new { name = "henk", project = "Setup", task = "Fix it", wait_seconds = 5 })).GetProperty("wait");

        (wait.GetProperty("reached").GetBoolean(), wait.GetProperty("status").GetString(), wait.GetProperty("reason").GetString())
            .Should().Be((false, "starting", "still starting after 5 s"));
    }

    [Fact]
    public async Task CreateAgent_BuildFails_EndsTheWaitEarly()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.NextBuildError = "terraform apply: quota exceeded";

        JsonElement wait = (
            await fleet.CallAsync("create_agent", new { name = "henk", project = "Setup", task = "Fix it", wait_seconds = 3600 })).GetProperty("wait");

        (wait.GetProperty("reached").GetBoolean(), wait.GetProperty("reason").GetString())
            .Should().Be((false, "the agent failed: terraform apply: quota exceeded"));
        wait.GetProperty("elapsed_seconds").GetDouble().Should().BeLessThan(60);
    }

    [Theory]
    [InlineData("bad_name", "Setup", "x", null, "INVALID_INPUT", "alphanumeric characters and hyphens")]
    [InlineData("NEW", "Setup", "x", null, "INVALID_INPUT", "reserved")]
    [InlineData("henk", "Setup", "  ", null, "INVALID_INPUT", "empty")]
    [InlineData("henk", "Setpu", "x", null, "NOT_FOUND", "Project 'Setpu' not found. Did you mean 'Setup'? Existing projects: Setup.")]
    [InlineData("henk", "Setup", "x", "Codr", "NOT_FOUND", "Did you mean 'Coder'? Existing roles: Coder, Operator, Researcher.")]
    [InlineData("TAKEN", "Setup", "x", null, "CONFLICT", "Agent 'taken' already exists.")]
    public async Task CreateAgent_BrokenRule_SaysWhichAndMakesNothing(string name, string project, string task, string? role, string code, string message)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("taken");

        JsonElement error = await fleet.FailAsync("create_agent", new { name, project, task, role });

        error.GetProperty("code").GetString().Should().Be(code);
        error.GetProperty("message").GetString().Should().Contain(message);
        fleet.Calls("^POST").Should().Be(0);
    }

    [Theory]
    [InlineData("2.27.1")]
    [InlineData("2.34.3")]
    public async Task CreateAgent_NameTakenInBetween_IsTheSameConflict(string version)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(coder => coder with { Version = version });
        fleet.Coder.Faults.Add(new Fault { Method = "POST", Path = "(workspaces|tasks/me)$", Before = () => fleet.State.AddIdle("henk"), PassOn = true });

        JsonElement error = await fleet.FailAsync("create_agent", new { name = "henk", project = "Setup", task = "x" });

        (error.GetProperty("code").GetString(), error.GetProperty("message").GetString()).Should()
            .Be(("CONFLICT", "Agent 'henk' already exists. Names are unique without regard to case: choose another one, or delete that agent first."));
    }

    [Fact]
    public async Task CreateAgent_ProjectWithoutRoles_NeedsOneUnlessToldOtherwise()
    {
        await using FleetHarness strict = await FleetHarness.StartAsync();
        strict.State.AddTemplate("bare", "Bare");
        (await strict.FailAsync("create_agent", new { name = "henk", project = "Bare", task = "x" })).GetProperty("message").GetString()
            .Should().Contain("has no roles");

        await using FleetHarness lenient = await FleetHarness.StartAsync(fleet: options => options.RequireRole = false);
        lenient.State.AddTemplate("bare", "Bare");
        (await lenient.CallAsync("create_agent", new { name = "henk", project = "Bare", task = "x" })).GetProperty("agent").GetProperty("role").GetString()
            .Should().Be("Unknown");
    }

    [Fact]
    public async Task CreateAgent_NoWayToGiveATask_SaysSo()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(coder => coder with { Version = "2.27.1" });
        fleet.State.Template.Parameters.Remove("AI Prompt");

        JsonElement error = await fleet.FailAsync("create_agent", new { name = "henk", project = "Setup", task = "x" });

        error.GetProperty("message").GetString().Should().Contain("takes no first task on this server");
    }

    private sealed class Collector(List<ProgressNotificationValue> reports) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value)
        {
            lock (reports)
            {
                reports.Add(value);
            }
        }
    }
}
