using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;

namespace Coder.Client.Tools;

/// <summary>The tools that stop, start, change and await agents.</summary>
internal static class LifecycleTools
{
    public static IEnumerable<AnsweringTool> Create(IAgentLifecycleService lifecycle)
    {
        yield return new ValueTool<DeleteAgentResult>
        {
            Name = "delete_agent",
            Title = "Delete an agent",
            Description = "Destroys an agent and its workspace, in whatever state it is and even when it is busy. Returns when the delete build is queued.",
            Hints = new(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: true),
            Parameters = [AgentParameters.AgentName],
            RunAsync = async (call, token) =>
            {
                string name = call.Text("agent_name");
                LifecycleOutcome outcome = await lifecycle.DeleteAsync(name, Waiting.Progress(call), token).ConfigureAwait(false);
                return new DeleteAgentResult
                {
                    AgentName = outcome.Agent.Name,
                    WorkspaceId = outcome.Agent.WorkspaceId,
                    Actions = outcome.Actions,
                    Message = $"Agent '{name}' deleted successfully",
                };
            },
        };
        yield return new ValueTool<LifecycleResult>
        {
            Name = "restart_agent",
            Title = "Restart an agent",
            Description = "Stops an agent and starts it again; running work is lost. Returns when the start build is accepted, or waits until the agent is idle.",
            Hints = new(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
            Parameters = [AgentParameters.AgentName, AgentParameters.WaitSeconds],
            RunAsync = Change(lifecycle, lifecycle.RestartAsync, "restarted"),
        };
        yield return new ValueTool<LifecycleResult>
        {
            Name = "stop_agent",
            Title = "Stop an agent",
            Description = "Stops an agent; running work is lost, the files in the workspace stay. Returns when the stop build is queued.",
            Hints = new(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: true),
            Parameters = [AgentParameters.AgentName],
            RunAsync = Change(lifecycle, lifecycle.StopAsync, "stopped", waits: false),
        };
        yield return new ValueTool<LifecycleResult>
        {
            Name = "start_agent",
            Title = "Start an agent",
            Description = "Starts a stopped agent, and wakes a dormant one. Returns when the start build is accepted, or waits until the agent is idle.",
            Hints = new(ReadOnly: false, Destructive: false, Idempotent: true, OpenWorld: true),
            Parameters = [AgentParameters.AgentName, AgentParameters.WaitSeconds],
            RunAsync = Change(lifecycle, lifecycle.StartAsync, "started"),
        };
        yield return new ValueTool<LifecycleResult>
        {
            Name = "update_agent",
            Title = "Update an agent",
            Description = "Restarts an agent on the active version of its project's template; running work is lost. Does nothing when it is up to date.",
            Hints = new(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: true),
            Parameters = [AgentParameters.AgentName, AgentParameters.WaitSeconds],
            RunAsync = Change(lifecycle, lifecycle.UpdateAsync, "updated"),
        };
        yield return new ValueTool<WaitResult>
        {
            Name = "wait_for_agent",
            Title = "Wait for an agent",
            Description = "Waits until an agent has a status, with progress. Ends early when that cannot happen any more.",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
            Parameters =
            [
                AgentParameters.AgentName,
                new(
                    "status",
                    ToolParameterKind.Text,
                    "Status to wait for: pending, starting, idle, busy, stopping, stopped, failed, canceling, canceled, deleting or deleted.") { Default = "idle" },
                AgentParameters.TimeoutSeconds,
            ],
            RunAsync = async (call, token) =>
            {
                AgentStatus wanted = ArgumentRules.Status(call.Text("status"), "status");
                TimeSpan timeout = TimeSpan.FromSeconds(call.Integer("timeout_seconds"));
                return Views.Waited(await lifecycle.WaitAsync(call.Text("agent_name"), wanted, timeout, Waiting.Progress(call), token).ConfigureAwait(false));
            },
        };
    }
    private static Func<ToolCall, CancellationToken, Task<LifecycleResult>> Change(
        IAgentLifecycleService lifecycle, Func<string, IProgress<AgentProgress>?, CancellationToken, Task<LifecycleOutcome>> change, string done, bool waits = true) =>
        async (call, token) =>
        {
            string name = call.Text("agent_name");
            TimeSpan limit = waits ? Waiting.Limit(call) : TimeSpan.Zero;
            LifecycleOutcome outcome = await change(name, Waiting.Progress(call), token).ConfigureAwait(false);
            WaitOutcome? wait = await Waiting.ForIdleAsync(lifecycle, outcome.Agent.Name, limit, call, token).ConfigureAwait(false);
            return Views.Lifecycle(outcome, wait, $"Agent '{name}' {done} successfully");
        };
}
