using Coder.Client.Clients.Wire;
using Coder.Client.Models;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Clients;

public sealed class TaskClientTests
{
    [Theory]
    [InlineData("2.27.1", "/api/experimental/tasks")]
    [InlineData("2.28.0", "/api/experimental/tasks")]
    [InlineData("2.29.0", "/api/v2/tasks")]
    [InlineData("2.34.3", "/api/v2/tasks")]
    public async Task AnyCall_OnAServerWithTasks_FindsItsPathOnce(string version, string path)
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(coder => coder with { Version = version });
        FakeWorkspace fake = harness.State.AddIdle("henk");
        Guid task = fake.TaskId ?? fake.Id;
        await harness.Client.Tasks.ListAsync("owner:me");
        harness.Coder.ClearJournal();

        (await harness.Client.Tasks.GetAsync("alice", task)).WorkspaceId.Should().Be(fake.Id);
        (await harness.Client.Tasks.GetLogsAsync("alice", task)).Logs.Should().ContainSingle().Which.Type.Should().Be("output");
        await harness.Client.Tasks.SendInputAsync("alice", task, "Fix it");

        harness.Coder.Journal.Select(entry => entry.Path).Should().Equal($"{path}/alice/{task}", $"{path}/alice/{task}/logs", $"{path}/alice/{task}/send");
        fake.IsWorking.Should().BeTrue();
    }

    [Theory]
    [InlineData("2.25.0")]
    [InlineData("2.37.0")]
    public async Task AnyCall_OnAServerWithoutTasks_IsAnUnknownRoute(string version)
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(coder => coder with { Version = version });

        (await harness.Client.Invoking(client => client.Tasks.ListAsync()).Should().ThrowAsync<CoderNotFoundException>()).Which.IsUnknownRoute
            .Should().BeTrue();
    }

    [Fact]
    public async Task AnyCall_AfterAnUpgrade_FindsTheNewPath()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(coder => coder with { Version = "2.28.0" });
        await harness.Client.Tasks.ListAsync();
        harness.Coder.Upgrade("2.29.0");

        (await harness.Client.Tasks.ListAsync()).Count.Should().Be(0);
    }

    [Theory]
    [InlineData("2.27.1", typeof(CoderUnavailableException))]
    [InlineData("2.31.0", typeof(CoderUnavailableException))]
    [InlineData("2.32.0", typeof(CoderConflictException))]
    public async Task SendInputAsync_BusyAgent_FailsAsTheVersionDoes(string version, Type type)
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(coder => coder with { Version = version });
        FakeWorkspace fake = harness.State.AddBusy("henk");

        (
            await harness.Client.Invoking(client => client.Tasks.SendInputAsync("alice", fake.TaskId ?? fake.Id, "More"))
                .Should().ThrowAsync<CoderApiException>()).Which
            .Should().BeOfType(type);
    }

    [Fact]
    public async Task CreatePauseResumeDelete_MoveTheWorkspace()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(coder => coder with { Version = "2.34.3" });
        CreateTaskRequest request = new() { Name = "henk", Input = "Fix it", TemplateVersionId = harness.State.Template.Active.Id };

        CoderTask task = await harness.Client.Tasks.CreateAsync("me", request);
        harness.Clock.Advance(TimeSpan.FromMinutes(1));
        WorkspaceBuild? pause = await harness.Client.Tasks.PauseAsync("me", task.Id);
        harness.Clock.Advance(TimeSpan.FromMinutes(1));
        await harness.Client.Tasks.UpdateInputAsync("me", task.Id, "Fix that");
        WorkspaceBuild? resume = await harness.Client.Tasks.ResumeAsync("me", task.Id);
        harness.Clock.Advance(TimeSpan.FromMinutes(1));
        await harness.Client.Tasks.DeleteAsync("me", task.Id);

        (task.InitialPrompt, task.Name, pause!.Transition, resume!.Transition).Should().Be(("Fix it", "henk", "stop", "start"));
        harness.State.Workspaces[0].Builds.Select(build => build.Transition).Should().Equal("start", "stop", "start", "delete");
    }

    [Theory]
    [InlineData("v2.27.1+230b55b", 2, 27, 1)]
    [InlineData("2.28.0-devel", 2, 28, 0)]
    [InlineData("v3.0", 3, 0, 0)]
    public void CoderVersion_AnySpelling_IsRead(string text, int major, int minor, int patch)
    {
        CoderVersion.TryParse(text, out CoderVersion version).Should().BeTrue();
        version.Should().Be(new CoderVersion(major, minor, patch));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("devel")]
    [InlineData("v2")]
    [InlineData("2.x.1")]
    public void CoderVersion_NoVersion_IsRefused(string? text) => CoderVersion.TryParse(text, out _).Should().BeFalse();
}
