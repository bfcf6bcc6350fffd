using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Layers;

/// <summary>Services alone, over what they make of a fake Coder.</summary>
public sealed class ServiceLayerTests
{
    [Fact]
    public async Task Start_DormantAgent_IsWokenBeforeItsBuildIsQueued()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        FakeWorkspace workspace = harness.State.AddIdle("henk");
        harness.State.QueueBuild(workspace, "stop");
        harness.Clock.Advance(TimeSpan.FromMinutes(1));
        workspace.DormantAt = harness.State.Now;

        LifecycleOutcome outcome = await harness.Get<IAgentLifecycleService>().StartAsync("henk");

        outcome.Actions.Should().Equal("woke it from dormancy", "queued a start build");
        harness.Coder.Journal.Where(entry => entry.Method != "GET").Select(entry => $"{entry} {entry.Body}").Should().Equal(
            $$"""PUT /api/v2/workspaces/{{workspace.Id}}/dormant {"dormant":false}""",
            $$"""POST /api/v2/workspaces/{{workspace.Id}}/builds {"transition":"start"}""");
    }

    [Fact]
    public async Task StartTask_ConflictWithAPausedTask_IsNotBusy()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(coder => coder with { Version = "2.34.3" });
        harness.State.AddIdle("henk").TaskState = "paused";

        (await harness.Get<ITaskService>().Invoking(tasks => tasks.StartAsync("henk", "x")).Should().ThrowAsync<FleetException>())
            .Which.Message.Should().Contain("paused").And.Contain("start_agent resumes it");

        harness.Coder.Journal.Should().ContainSingle(entry => entry.Method == "POST").Which.Status.Should().Be(409);
    }

    [Fact]
    public async Task Roles_NameOfATemplate_IsFoundWhenNoProjectHasIt()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        FakeTemplate template = harness.State.AddTemplate(
            new FakeTemplate { Name = "coder-plain", DisplayName = "Plain", Parameters = [], HasAiTask = false }, "Operator", "Researcher");

        IReadOnlyList<Role> roles = await harness.Get<IProjectService>().ListRolesAsync("CODER-plain");

        roles.Select(role => (role.ProjectId, role.ProjectName, role.Name)).Should().Equal(
            (template.Id, "Plain", "Operator"), (template.Id, "Plain", "Researcher"));
        harness.Coder.Journal.Should().ContainSingle(entry => entry.Path == $"/api/v2/templateversions/{template.Active.Id}/presets");
    }
}
