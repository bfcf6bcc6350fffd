using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class StartAgentTool(IAgentLifecycleService lifecycle)
{
    [McpServerTool(
        Name =
            "start_agent", Title = "Start an agent", ReadOnly = false, Destructive = false, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description("Starts a stopped agent, and wakes a dormant one. Returns when the start build is accepted, or waits until the agent is idle.")]
    public async Task<LifecycleResult> StartAgentAsync(
        [Description("Name of the agent, without regard to case."), StringLength(32, MinimumLength = 1)] string agent_name,
        [Description("Seconds to wait until the agent is idle, with progress; 0 returns at once."), Range(0, 3600)] int wait_seconds = 0,
        IProgress<ProgressNotificationValue>? progress = null,
        CancellationToken cancellationToken = default)
    {
        LifecycleOutcome outcome = await lifecycle.StartAsync(agent_name, Waiting.Progress(progress), cancellationToken).ConfigureAwait(false);
        WaitOutcome? wait = await Waiting.ForIdleAsync(lifecycle, outcome.Agent.Name, wait_seconds, progress, cancellationToken).ConfigureAwait(false);
        return Views.Lifecycle(outcome, wait, $"Agent '{agent_name}' started successfully");
    }
}
