using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

/// <summary>Workspaces.</summary>
public interface IWorkspaceClient
{
    /// <summary>Reads one page of workspaces.</summary>
    /// <param name="query">Coder's search text, for example <c>owner:me status:running</c>; null sees everything that the token can see.</param>
    /// <param name="limit">Most workspaces to return; 0 is all.</param>
    /// <param name="offset">How many to skip.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<WorkspacePage> GetPageAsync(string? query = null, int limit = 0, int offset = 0, CancellationToken cancellationToken = default);

    /// <summary>Reads one workspace by id. A deleted one is <see cref="CoderGoneException"/> unless asked for.</summary>
    Task<Workspace> GetAsync(Guid id, bool includeDeleted = false, CancellationToken cancellationToken = default);

    /// <summary>Reads one workspace by owner (id, user name or <c>me</c>) and name, without regard to case.</summary>
    Task<Workspace> GetByNameAsync(string user, string name, CancellationToken cancellationToken = default);

    /// <summary>Creates a workspace for a user; returns once the build is queued. A name in use is <see cref="CoderConflictException"/>.</summary>
    Task<Workspace> CreateAsync(string user, CreateWorkspaceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Queues a build: start, stop or delete. Another active build is <see cref="CoderConflictException"/>.</summary>
    Task<WorkspaceBuild> CreateBuildAsync(Guid id, CreateBuildRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists builds, newest first.</summary>
    Task<IReadOnlyList<WorkspaceBuild>> ListBuildsAsync(Guid id, int limit = 0, int offset = 0, CancellationToken cancellationToken = default);

    /// <summary>Renames a workspace, where the template allows it.</summary>
    Task RenameAsync(Guid id, string name, CancellationToken cancellationToken = default);

    /// <summary>Puts a workspace to rest, or wakes it.</summary>
    Task<Workspace> SetDormantAsync(Guid id, bool dormant, CancellationToken cancellationToken = default);

    /// <summary>Moves the time at which a running workspace stops by itself.</summary>
    Task ExtendAsync(Guid id, DateTimeOffset deadline, CancellationToken cancellationToken = default);

    /// <summary>Sets after how long a workspace stops by itself; null is never. Counts in milliseconds on the wire.</summary>
    Task SetTimeToLiveAsync(Guid id, TimeSpan? timeToLive, CancellationToken cancellationToken = default);

    /// <summary>Marks a workspace as the caller's favourite, or not.</summary>
    Task SetFavoriteAsync(Guid id, bool favorite, CancellationToken cancellationToken = default);
}
