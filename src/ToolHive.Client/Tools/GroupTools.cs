using System.ComponentModel;
using ModelContextProtocol.Server;
using ToolHive.Client.Services;
using ToolHive.Client.Tools.Results;

namespace ToolHive.Client.Tools;

/// <summary>Tools that look at groups.</summary>
internal sealed class GroupTools(IGroupService groups)
{
    [McpServerTool(Name = "list_groups", Title = "List server groups", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("List ToolHive's groups of MCP servers and the AI clients that see each.")]
    public Task<GroupList> ListGroupsAsync(CancellationToken cancellationToken = default) =>
        ToolErrors.TranslateAsync(async () => GroupList.From(await groups.ListAsync(cancellationToken).ConfigureAwait(false)), cancellationToken);
}
