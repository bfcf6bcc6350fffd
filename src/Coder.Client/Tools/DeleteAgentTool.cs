using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class DeleteAgentTool(IAgentLifecycleService lifecycle)
{
    [McpServerTool(
        Name =
            "delete_agent", Title = "Delete an agent", ReadOnly = false, Destructive = true, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description("Destroys an agent and its workspace, in whatever state it is and even when it is busy. Returns when the delete build is queued.")]
    public async Task<DeleteAgentResult> DeleteAgentAsync(
        [Description("Name of the agent, without regard to case."), StringLength(32, MinimumLength = 1)] string agent_name,
        IProgress<ProgressNotificationValue>? progress = null,
        CancellationToken cancellationToken = default)
    {
        LifecycleOutcome outcome = await lifecycle.DeleteAsync(agent_name, Waiting.Progress(progress), cancellationToken).ConfigureAwait(false);
        return new DeleteAgentResult
        {
            AgentName = outcome.Agent.Name,
            WorkspaceId = outcome.Agent.WorkspaceId,
            Actions = outcome.Actions,
            Message = $"Agent '{agent_name}' deleted successfully",
        };
    }
}
