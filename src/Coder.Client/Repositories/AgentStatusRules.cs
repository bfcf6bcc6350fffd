using Coder.Client.Clients.Wire;
using Coder.Client.Models;

namespace Coder.Client.Repositories;

/// <summary>How an agent's status follows from its workspace.</summary>
internal static class AgentStatusRules
{
    /// <summary>Used when a template sets no timeout: Coder's own default.</summary>
    private static readonly TimeSpan DefaultConnectionTimeout = TimeSpan.FromSeconds(120);

    public static AgentStatus Derive(Workspace workspace, WorkspaceApp? codingApp, DateTimeOffset now) => workspace.LatestBuild?.Status switch
    {
        "running" => DeriveRunning(workspace, codingApp, now),
        "pending" => AgentStatus.Pending,
        "starting" => AgentStatus.Starting,
        "stopping" => AgentStatus.Stopping,
        "stopped" => AgentStatus.Stopped,
        "canceling" => AgentStatus.Canceling,
        "canceled" => AgentStatus.Canceled,
        "deleting" => AgentStatus.Deleting,
        "deleted" => AgentStatus.Deleted,
        _ => AgentStatus.Failed,
    };

    /// <summary>Whether Coder knows the workspace as one that runs an AI task, in the words of any version.</summary>
    public static bool IsTask(Workspace workspace) =>
        workspace.TaskId is not null
        || workspace.LatestBuild?.HasAiTask == true
        || workspace.LatestBuild?.Resources.Any(resource => resource.Type == "coder_ai_task") == true;

    /// <summary>Workspace agents, without those that run in dev containers below another one.</summary>
    public static IEnumerable<WorkspaceAgent> Agents(Workspace workspace) =>
        (workspace.LatestBuild?.Resources ?? []).SelectMany(resource => resource.Agents).Where(agent => agent.ParentId is null);

    private static AgentStatus DeriveRunning(Workspace workspace, WorkspaceApp? codingApp, DateTimeOffset now)
    {
        WorkspaceAgent[] agents = [.. Agents(workspace)];
        if (agents.Length == 0)
        {
            return AgentStatus.Starting;
        }

        AgentStatus[] states = [.. agents.Select(agent => StateOf(agent, workspace.LatestBuild!, now))];
        if (states.Contains(AgentStatus.Failed))
        {
            return AgentStatus.Failed;
        }

        bool appReady = codingApp?.Health is null or "" or "healthy" or "disabled";
        if (states.Contains(AgentStatus.Starting) || !appReady)
        {
            return AgentStatus.Starting;
        }

        return IsTask(workspace) && IsWorking(workspace) ? AgentStatus.Busy : AgentStatus.Idle;
    }

    /// <summary>What one workspace agent contributes: idle when it is ready.</summary>
    public static AgentStatus StateOf(WorkspaceAgent agent, WorkspaceBuild build, DateTimeOffset now)
    {
        if (agent.LifecycleState == "start_error")
        {
            return AgentStatus.Failed;
        }

        if (agent is { Status: "connected", LifecycleState: "ready" })
        {
            return AgentStatus.Idle;
        }

        bool lost = agent.LifecycleState == "start_timeout" || agent.Status is "disconnected" or "timeout";
        return lost && !IsYoung(agent, build, now) ? AgentStatus.Failed : AgentStatus.Starting;
    }

    private static bool IsYoung(WorkspaceAgent agent, WorkspaceBuild build, DateTimeOffset now)
    {
        TimeSpan patience = agent.ConnectionTimeoutSeconds > 0 ? TimeSpan.FromSeconds(agent.ConnectionTimeoutSeconds) : DefaultConnectionTimeout;
        return (build.Job?.CompletedAt ?? build.CreatedAt) is { } built && now - built < patience;
    }

    // A report that is older than the start of the workspace is about a process that no longer exists.
    private static bool IsWorking(Workspace workspace)
    {
        if (workspace.LatestAppStatus is not { State: "working" } report)
        {
            return false;
        }

        WorkspaceBuild build = workspace.LatestBuild!;
        return build.Transition != "start" || !(report.CreatedAt < build.CreatedAt);
    }
}
