using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class CancelAgentTaskTool(ITaskService tasks)
{
    [McpServerTool(
        Name =
            "cancel_agent_task", Title =
                "Cancel an agent's task", ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = true, UseStructuredContent = true)]
    [Description("Interrupts the task of a busy agent and watches for up to five seconds whether it stops.")]
    public async Task<CancelTaskResult> CancelAgentTaskAsync(
        [Description("Name of the agent, without regard to case."), StringLength(32, MinimumLength = 1)] string agent_name,
        CancellationToken cancellationToken = default)
    {
        CancelOutcome outcome = await tasks.CancelAsync(agent_name, cancellationToken).ConfigureAwait(false);
        return new CancelTaskResult
        {
            AgentName = outcome.AgentName,
            InterruptSent = outcome.Interrupts > 0,
            Interrupts = outcome.Interrupts,
            Status = outcome.Status.ToWord(),
            Message = outcome.Status == AgentStatus.Idle
                ? $"Task canceled for agent '{agent_name}' successfully"
                : $"Agent '{agent_name}' was interrupted but still works; look again with show_agent",
        };
    }
}
