using System.ComponentModel;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class ListAgentsTool(IAgentService agents)
{
    [McpServerTool(
        Name = "list_agents", Title = "List agents", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description(
        "Lists the agents of the fleet with status and its reason, project, role, last task and metadata, dormant ones included. "
        + "Only the caller's own agents unless an owner is given.")]
    public async Task<AgentListResult> ListAgentsAsync(
        [Description("Only agents with this status: pending, starting, idle, busy, stopping, stopped, failed, canceling, canceled, deleting or deleted.")]
        string? status_filter = null,
        [Description("Only agents of this project, without regard to case.")] string? project_filter = null,
        [Description("Only online agents with this metadata: key=value, for example github_pr_number=819, or key for any value.")]
        string? metadata_filter = null,
        [Description("Whose agents: a user name, me, or * for all that can be seen; null is the configured owner.")] string? owner = null,
        [Description("Whether to ask each online agent for its metadata; false is faster.")] bool include_metadata = true,
        [Description("Only agents of this organization, without regard to case.")] string? organization_filter = null,
        CancellationToken cancellationToken = default)
    {
        AgentListQuery query = new()
        {
            Status = Arguments.OptionalStatus(status_filter, nameof(status_filter)),
            Project = project_filter,
            Organization = organization_filter,
            Metadata = metadata_filter,
            Owner = owner,
            IncludeMetadata = include_metadata,
        };
        return Views.List(await agents.ListAsync(query, cancellationToken).ConfigureAwait(false));
    }
}
