using Coder.Client.Models;
using Coder.Client.Services;
using ModelContextProtocol;

namespace Coder.Client.Tools;

/// <summary>Waiting inside a tool call, with progress for the client.</summary>
internal static class Waiting
{
    public static IProgress<AgentProgress>? Progress(IProgress<ProgressNotificationValue>? client) => client is null ? null : new McpProgress(client);

    /// <summary>Waits until the agent is idle; null when no wait was asked for.</summary>
    public static async Task<WaitOutcome?> ForIdleAsync(
        IAgentLifecycleService lifecycle, string agentName, int seconds, IProgress<ProgressNotificationValue>? progress, CancellationToken cancellationToken)
    {
        TimeSpan limit = Arguments.Seconds(seconds, "wait_seconds");
        return limit == TimeSpan.Zero
            ? null
            : await lifecycle.WaitAsync(agentName, AgentStatus.Idle, limit, Progress(progress), cancellationToken).ConfigureAwait(false);
    }
}
