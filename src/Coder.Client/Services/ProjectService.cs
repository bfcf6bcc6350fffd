using Coder.Client.Models;
using Coder.Client.Repositories;

namespace Coder.Client.Services;

internal sealed class ProjectService(ProjectRepository projects) : IProjectService
{
    public Task<IReadOnlyList<Project>> ListAsync(CancellationToken cancellationToken = default) => projects.ListAsync(cancellationToken);

    public async Task<Project> GetAsync(string name, string? organization = null, CancellationToken cancellationToken = default)
    {
        CheckName(name);
        return ProjectChoice.Pick(name, organization, await projects.ListAsync(cancellationToken).ConfigureAwait(false));
    }

    public async Task<IReadOnlyList<Role>> ListRolesAsync(string project, string? organization = null, CancellationToken cancellationToken = default)
    {
        CheckName(project);
        Project found = ProjectChoice.Pick(project, organization, await projects.ListTemplatesAsync(cancellationToken).ConfigureAwait(false));
        return await projects.ListRolesAsync(found, cancellationToken).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<Role>> ListRolesAsync(Project project, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(project);
        return projects.ListRolesAsync(project, cancellationToken);
    }

    private static void CheckName(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw Faults.Invalid("project", name, "The project name cannot be empty; list_agent_projects names the projects.");
        }
    }
}
