using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class ListAgentRolesTool(IProjectService projects)
{
    [McpServerTool(
        Name =
            "list_agent_roles", Title = "List roles", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description("Lists the roles that an agent of a project can have; one is the default.")]
    public async Task<RoleListResult> ListAgentRolesAsync(
        [Description("Name of the project, without regard to case."), StringLength(200, MinimumLength = 1)] string project,
        [Description("Organization of the project, where the name of the project does not say it alone.")] string? organization = null,
        CancellationToken cancellationToken = default)
    {
        return Views.Roles(project, await projects.ListRolesAsync(project, organization, cancellationToken).ConfigureAwait(false));
    }
}
