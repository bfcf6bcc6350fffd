using Coder.Client.Services;
using Coder.Client.Tools.Results;

namespace Coder.Client.Tools;

/// <summary>The tools that say from what agents can be made.</summary>
internal static class ProjectTools
{
    public static IEnumerable<AnsweringTool> Create(IProjectService projects)
    {
        yield return new ValueTool<ProjectListResult>
        {
            Name = "list_agent_projects",
            Title = "List projects",
            Description = "Lists the projects from which agents can be created.",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
            RunAsync = async (_, token) => Views.Projects(await projects.ListAsync(token).ConfigureAwait(false)),
        };
        yield return new ValueTool<RoleListResult>
        {
            Name = "list_agent_roles",
            Title = "List roles",
            Description = "Lists the roles that an agent of a project can have; one is the default.",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
            Parameters = [AgentParameters.Project("Name of the project, without regard to case."), AgentParameters.Organization],
            RunAsync = async (call, token) =>
            {
                string project = call.Text("project");
                return Views.Roles(project, await projects.ListRolesAsync(project, call.OptionalText("organization"), token).ConfigureAwait(false));
            },
        };
    }
}
