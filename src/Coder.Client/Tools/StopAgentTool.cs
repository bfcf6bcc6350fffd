using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class StopAgentTool(IAgentLifecycleService lifecycle)
{
    [McpServerTool(
        Name = "stop_agent", Title = "Stop an agent", ReadOnly = false, Destructive = true, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description("Stops an agent; running work is lost, the files in the workspace stay. Returns when the stop build is queued.")]
    public async Task<LifecycleResult> StopAgentAsync(
        [Description("Name of the agent, without regard to case."), StringLength(32, MinimumLength = 1)] string agent_name,
        IProgress<ProgressNotificationValue>? progress = null,
        CancellationToken cancellationToken = default)
    {
        LifecycleOutcome outcome = await lifecycle.StopAsync(agent_name, Waiting.Progress(progress), cancellationToken).ConfigureAwait(false);
        return Views.Lifecycle(outcome, null, $"Agent '{agent_name}' stopped successfully");
    }
}
