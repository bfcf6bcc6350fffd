using Coder.Client.Models;

namespace Coder.Client.Repositories;

/// <summary>Projects and their roles, as Coder's templates and presets keep them.</summary>
internal interface IProjectRepository
{
    /// <summary>All templates from which agents can be made.</summary>
    Task<IReadOnlyList<Project>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>All templates with a display name, whether agents can be made from them or not.</summary>
    Task<IReadOnlyList<Project>> ListTemplatesAsync(CancellationToken cancellationToken = default);

    /// <summary>The roles of a project's active version.</summary>
    Task<IReadOnlyList<Role>> ListRolesAsync(Project project, CancellationToken cancellationToken = default);
}
