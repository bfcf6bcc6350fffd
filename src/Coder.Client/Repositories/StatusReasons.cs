using System.Globalization;
using Coder.Client.Clients.Wire;
using Coder.Client.Models;

namespace Coder.Client.Repositories;

/// <summary>What a person must know about an agent's status beside its word.</summary>
internal static class StatusReasons
{
    /// <summary>The reasons as one text; null when there is nothing to say.</summary>
    public static string? Explain(Workspace workspace, WorkspaceApp? codingApp, AgentStatus status, DateTimeOffset now)
    {
        string[] reasons = [.. Dormancy(workspace), .. Build(workspace.LatestBuild), .. Running(workspace, codingApp, status, now)];
        return reasons.Length == 0 ? null : string.Join("; ", reasons);
    }

    private static IEnumerable<string> Dormancy(Workspace workspace)
    {
        if (workspace.DormantAt is { } since)
        {
            yield return $"dormant since {Time(since)}, start_agent wakes it";
        }

        if (workspace.DeletingAt is { } end)
        {
            yield return $"Coder deletes it at {Time(end)} unless it is used before";
        }
    }

    private static IEnumerable<string> Build(WorkspaceBuild? build)
    {
        if (build is null)
        {
            yield return "Coder names no build of it";
            yield break;
        }

        bool isKnown = build.Status == "running" || AgentStatusNames.TryParse(build.Status, out _);
        if (!isKnown)
        {
            yield return $"Coder calls its status '{VisibleText.Shorten(build.Status ?? "", 40)}', which is not known here";
        }

        string transition = VisibleText.Shorten(build.Transition ?? "", 40);
        if (build.Job?.Error is { Length: > 0 } error)
        {
            yield return $"the {transition} build failed: {error}";
        }
        else if (build.Status == "failed")
        {
            yield return $"the {transition} build failed, and Coder gives no reason";
        }
    }

    private static IEnumerable<string> Running(Workspace workspace, WorkspaceApp? codingApp, AgentStatus status, DateTimeOffset now)
    {
        if (workspace.LatestBuild?.Status != "running" || status is AgentStatus.Idle or AgentStatus.Busy)
        {
            yield break;
        }

        foreach (WorkspaceAgent agent in AgentStatusRules.Agents(workspace))
        {
            AgentStatus own = AgentStatusRules.StateOf(agent, workspace.LatestBuild, now);
            if (own == AgentStatus.Failed)
            {
                yield return $"workspace agent '{VisibleText.Shorten(agent.Name ?? "", 80)}' {Fault(agent)}";
            }
        }

        if (status == AgentStatus.Starting && codingApp?.Health == "unhealthy")
        {
            yield return $"its application '{VisibleText.Shorten(codingApp.Slug ?? "", 80)}' is unhealthy";
        }
    }

    private static string Fault(WorkspaceAgent agent)
    {
        string what = agent switch
        {
            { LifecycleState: "start_error" } => "ended its start script with an error (start_error); the log of the workspace agent in Coder says which",
            { LifecycleState: "start_timeout" } => "did not finish its start script in time (start_timeout)",
            { Status: "timeout" } => "never connected to Coder (timeout)",
            _ => "lost its connection to Coder (disconnected)",
        };
        return agent.Health?.Reason is { Length: > 0 } reason ? $"{what}: {VisibleText.Shorten(reason, 200)}" : what;
    }

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
