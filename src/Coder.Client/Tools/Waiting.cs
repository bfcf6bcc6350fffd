using Coder.Client.Models;
using Coder.Client.Services;

namespace Coder.Client.Tools;

/// <summary>Waiting inside a tool call, with progress for the client.</summary>
internal static class Waiting
{
    public static IProgress<AgentProgress>? Progress(ToolCall call) => call.Progress is null ? null : new McpProgress(call.Progress);

    /// <summary>How long the call is to wait in the end. Read before anything is done, so that a wrong number changes nothing.</summary>
    public static TimeSpan Limit(ToolCall call) => TimeSpan.FromSeconds(call.Integer("wait_seconds"));

    /// <summary>Waits until the agent is idle; null when no wait was asked for.</summary>
    public static async Task<WaitOutcome?> ForIdleAsync(
        IAgentLifecycleService lifecycle, string agentName, TimeSpan limit, ToolCall call, CancellationToken cancellationToken) =>
        limit == TimeSpan.Zero
            ? null
            : await lifecycle.WaitAsync(agentName, AgentStatus.Idle, limit, Progress(call), cancellationToken).ConfigureAwait(false);
}
