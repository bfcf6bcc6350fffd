using Coder.Client.Clients.Wire;
using Coder.Client.Models;
using Coder.Client.Repositories;

namespace Coder.Client.Tests.Repositories;

public sealed class AgentStatusRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly WorkspaceAgent Ready = new() { Status = "connected", LifecycleState = "ready", ConnectionTimeoutSeconds = 120 };

    [Theory]
    [InlineData("pending", AgentStatus.Pending)]
    [InlineData("starting", AgentStatus.Starting)]
    [InlineData("stopping", AgentStatus.Stopping)]
    [InlineData("stopped", AgentStatus.Stopped)]
    [InlineData("failed", AgentStatus.Failed)]
    [InlineData("canceling", AgentStatus.Canceling)]
    [InlineData("canceled", AgentStatus.Canceled)]
    [InlineData("deleting", AgentStatus.Deleting)]
    [InlineData("deleted", AgentStatus.Deleted)]
    [InlineData("dreaming", AgentStatus.Failed)]
    [InlineData("", AgentStatus.Failed)]
    public void Derive_BuildStatus_IsTheAgentStatus(string word, AgentStatus expected) =>
        Derive(new Workspace { LatestBuild = new WorkspaceBuild { Status = word } }).Should().Be(expected);

    [Fact]
    public void Derive_NoBuild_IsFailed() => Derive(new Workspace()).Should().Be(AgentStatus.Failed);

    [Fact]
    public void Derive_RunningWithoutResources_IsStarting() => Derive(Running([])).Should().Be(AgentStatus.Starting);

    [Fact]
    public void Derive_RunningWithResourcesWithoutAgents_IsStarting() =>
        Derive(
            new Workspace
            {
                LatestBuild = new WorkspaceBuild { Status = "running", Resources = [new WorkspaceResource(), new WorkspaceResource { Agents = [] }] },
            })
            .Should().Be(AgentStatus.Starting);

    [Theory]
    [InlineData("connecting", "created")]
    [InlineData("connected", "starting")]
    [InlineData("connected", "shutting_down")]
    public void Derive_OneAgentNotReady_IsStarting(string status, string lifecycle) =>
        Derive(Running([Ready, Ready with { Status = status, LifecycleState = lifecycle }])).Should().Be(AgentStatus.Starting);

    [Fact]
    public void Derive_StartError_IsFailed() => Derive(Running([Ready, Ready with { LifecycleState = "start_error" }])).Should().Be(AgentStatus.Failed);

    [Theory]
    [InlineData("connected", "start_timeout", 60, AgentStatus.Starting)]
    [InlineData("connected", "start_timeout", 180, AgentStatus.Failed)]
    [InlineData("disconnected", "ready", 60, AgentStatus.Starting)]
    [InlineData("disconnected", "ready", 180, AgentStatus.Failed)]
    [InlineData("timeout", "created", 119, AgentStatus.Starting)]
    [InlineData("timeout", "created", 121, AgentStatus.Failed)]
    public void Derive_LostAgent_IsStartingOnlyWhileTheBuildIsYoung(string status, string lifecycle, int age, AgentStatus expected) =>
        Derive(Running([Ready with { Status = status, LifecycleState = lifecycle }], Now.AddSeconds(-age))).Should().Be(expected);

    [Fact]
    public void Derive_SubAgentNotReady_IsIgnored() =>
        Derive(Running([Ready, new WorkspaceAgent { ParentId = Guid.NewGuid(), Status = "connecting" }])).Should().Be(AgentStatus.Idle);

    [Theory]
    [InlineData("initializing", AgentStatus.Starting)]
    [InlineData("unhealthy", AgentStatus.Starting)]
    [InlineData("healthy", AgentStatus.Idle)]
    [InlineData("disabled", AgentStatus.Idle)]
    public void Derive_HealthOfTheCodingApp_Counts(string health, AgentStatus expected) =>
        AgentStatusRules.Derive(Running([Ready]), new WorkspaceApp { Health = health }, Now).Should().Be(expected);

    [Theory]
    [InlineData("working", AgentStatus.Busy)]
    [InlineData("idle", AgentStatus.Idle)]
    [InlineData("complete", AgentStatus.Idle)]
    [InlineData("failure", AgentStatus.Idle)]
    public void Derive_HealthyTask_FollowsItsLastReport(string state, AgentStatus expected) =>
        Derive(Running([Ready]) with { TaskId = Guid.NewGuid(), LatestAppStatus = new AppStatus { State = state, CreatedAt = Now } }).Should().Be(expected);

    [Fact]
    public void Derive_WorkingButNoTask_IsIdle() =>
        Derive(Running([Ready]) with { LatestAppStatus = new AppStatus { State = "working", CreatedAt = Now } }).Should().Be(AgentStatus.Idle);

    [Fact]
    public void Derive_ReportOlderThanTheStart_IsIdle() =>
        Derive(Running([Ready]) with { TaskId = Guid.NewGuid(), LatestAppStatus = new AppStatus { State = "working", CreatedAt = Now.AddHours(-2) } })
            .Should().Be(AgentStatus.Idle);

    [Fact]
    public void IsTask_InTheWordsOfEveryVersion_IsSeen()
    {
        AgentStatusRules.IsTask(new Workspace { TaskId = Guid.NewGuid() }).Should().BeTrue();
        AgentStatusRules.IsTask(new Workspace { LatestBuild = new WorkspaceBuild { HasAiTask = true } }).Should().BeTrue();
        AgentStatusRules.IsTask(new Workspace { LatestBuild = new WorkspaceBuild { Resources = [new WorkspaceResource { Type = "coder_ai_task" }] } })
            .Should().BeTrue();
        AgentStatusRules.IsTask(new Workspace { LatestBuild = new WorkspaceBuild() }).Should().BeFalse();
    }

    private static AgentStatus Derive(Workspace workspace) => AgentStatusRules.Derive(workspace, null, Now);

    private static Workspace Running(WorkspaceAgent[] agents, DateTimeOffset? built = null) => new()
    {
        LatestBuild = new WorkspaceBuild
        {
            Status = "running",
            Transition = "start",
            CreatedAt = Now.AddHours(-1),
            Job = new ProvisionerJob { CompletedAt = built ?? Now.AddMinutes(-59) },
            Resources = [new WorkspaceResource { Agents = agents }],
        },
    };
}
