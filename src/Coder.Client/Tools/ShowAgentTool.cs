using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class ShowAgentTool(IAgentService agents)
{
    [McpServerTool(
        Name = "show_agent", Title = "Show an agent", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description("Shows one agent in full, with every metadata field of its workspace.")]
    public async Task<AgentResult> ShowAgentAsync(
        [Description("Name of the agent, without regard to case."), StringLength(32, MinimumLength = 1)] string agent_name,
        [Description("User name of the owner, to look at somebody else's agent; null is the configured owner.")] string? owner = null,
        CancellationToken cancellationToken = default)
    {
        AgentDetails details = await agents.GetAsync(agent_name, owner, cancellationToken).ConfigureAwait(false);
        return new AgentResult { Agent = Views.Agent(details) };
    }
}
