using Coder.Client.Models;

namespace Coder.Client.Services;

/// <summary>Projects, from which agents are made, and their roles.</summary>
public interface IProjectService
{
    /// <summary>Lists the projects from which agents can be made.</summary>
    Task<IReadOnlyList<Project>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads one project by name, without regard to case; the error names those that exist.</summary>
    Task<Project> GetAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Lists the roles of the template with this display name, whether it is a project or not.</summary>
    Task<IReadOnlyList<Role>> ListRolesAsync(string project, CancellationToken cancellationToken = default);

    /// <summary>Lists the roles of a project.</summary>
    Task<IReadOnlyList<Role>> ListRolesAsync(Project project, CancellationToken cancellationToken = default);
}
