using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class UpdateAgentTool(IAgentLifecycleService lifecycle)
{
    [McpServerTool(
        Name =
            "update_agent", Title = "Update an agent", ReadOnly = false, Destructive = true, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description("Restarts an agent on the active version of its project's template; running work is lost. Does nothing when it is up to date.")]
    public async Task<LifecycleResult> UpdateAgentAsync(
        [Description("Name of the agent, without regard to case."), StringLength(32, MinimumLength = 1)] string agent_name,
        [Description("Seconds to wait until the agent is idle, with progress; 0 returns at once."), Range(0, 3600)] int wait_seconds = 0,
        IProgress<ProgressNotificationValue>? progress = null,
        CancellationToken cancellationToken = default)
    {
        LifecycleOutcome outcome = await lifecycle.UpdateAsync(agent_name, Waiting.Progress(progress), cancellationToken).ConfigureAwait(false);
        WaitOutcome? wait = await Waiting.ForIdleAsync(lifecycle, outcome.Agent.Name, wait_seconds, progress, cancellationToken).ConfigureAwait(false);
        return Views.Lifecycle(outcome, wait, $"Agent '{agent_name}' updated successfully");
    }
}
