using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class RestartAgentTool(IAgentLifecycleService lifecycle)
{
    [McpServerTool(
        Name =
            "restart_agent", Title =
                "Restart an agent", ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = true, UseStructuredContent = true)]
    [Description("Stops an agent and starts it again; running work is lost. Returns when the start build is accepted, or waits until the agent is idle.")]
    public async Task<LifecycleResult> RestartAgentAsync(
        [Description("Name of the agent, without regard to case."), StringLength(32, MinimumLength = 1)] string agent_name,
        [Description("Seconds to wait until the agent is idle, with progress; 0 returns at once."), Range(0, 3600)] int wait_seconds = 0,
        IProgress<ProgressNotificationValue>? progress = null,
        CancellationToken cancellationToken = default)
    {
        LifecycleOutcome outcome = await lifecycle.RestartAsync(agent_name, Waiting.Progress(progress), cancellationToken).ConfigureAwait(false);
        WaitOutcome? wait = await Waiting.ForIdleAsync(lifecycle, outcome.Agent.Name, wait_seconds, progress, cancellationToken).ConfigureAwait(false);
        return Views.Lifecycle(outcome, wait, $"Agent '{agent_name}' restarted successfully");
    }
}
