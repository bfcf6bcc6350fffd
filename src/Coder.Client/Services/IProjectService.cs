using Coder.Client.Models;

namespace Coder.Client.Services;

/// <summary>Projects, from which agents are made, and their roles.</summary>
public interface IProjectService
{
    /// <summary>Lists the projects from which agents can be made, deprecated ones last.</summary>
    Task<IReadOnlyList<Project>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads one project by its name, or by the name of its template, without regard to case; the error names those that exist. A name that two
    /// projects have, deprecated ones left aside, is an error that says how to tell them apart.
    /// </summary>
    /// <param name="name">Name of the project or of its template.</param>
    /// <param name="organization">Name of the organization whose project is meant; null looks in all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<Project> GetAsync(string name, string? organization = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the roles of the template with this display name or name, whether it is a project or not.</summary>
    /// <param name="project">Name of the project or of its template.</param>
    /// <param name="organization">Name of the organization whose project is meant; null looks in all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<Role>> ListRolesAsync(string project, string? organization = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the roles of a project.</summary>
    Task<IReadOnlyList<Role>> ListRolesAsync(Project project, CancellationToken cancellationToken = default);
}
