using System.ComponentModel;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class ListAgentProjectsTool(IProjectService projects)
{
    [McpServerTool(
        Name =
            "list_agent_projects", Title =
                "List projects", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description("Lists the projects from which agents can be created.")]
    public async Task<ProjectListResult> ListAgentProjectsAsync(
        CancellationToken cancellationToken = default)
    {
        return Views.Projects(await projects.ListAsync(cancellationToken).ConfigureAwait(false));
    }
}
