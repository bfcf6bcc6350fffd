using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class WaitForAgentTool(IAgentLifecycleService lifecycle)
{
    [McpServerTool(
        Name =
            "wait_for_agent", Title =
                "Wait for an agent", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description("Waits until an agent has a status, with progress. Ends early when that cannot happen any more.")]
    public async Task<WaitResult> WaitForAgentAsync(
        [Description("Name of the agent, without regard to case."), StringLength(32, MinimumLength = 1)] string agent_name,
        [Description("Status to wait for: pending, starting, idle, busy, stopping, stopped, failed, canceling, canceled, deleting or deleted.")]
        string status = "idle",
        [Description("Longest wait in seconds."), Range(0, 3600)] int timeout_seconds = 300,
        IProgress<ProgressNotificationValue>? progress = null,
        CancellationToken cancellationToken = default)
    {
        AgentStatus wanted = Arguments.Status(status, nameof(status));
        TimeSpan timeout = Arguments.Seconds(timeout_seconds, nameof(timeout_seconds));
        return Views.Waited(await lifecycle.WaitAsync(agent_name, wanted, timeout, Waiting.Progress(progress), cancellationToken).ConfigureAwait(false));
    }
}
