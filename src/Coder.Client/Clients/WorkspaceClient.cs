using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

internal sealed class WorkspaceClient(CoderHttp http) : IWorkspaceClient
{
    private static CoderJsonContext Json => CoderJsonContext.Default;

    public Task<WorkspacePage> GetPageAsync(string? query = null, int limit = 0, int offset = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        string path = Route.Query(Route.Of("workspaces"), ("q", query), ("limit", Route.Number(limit)), ("offset", Route.Number(offset)));
        return http.GetAsync(path, Json.WorkspacePage, cancellationToken);
    }

    public Task<Workspace> GetAsync(Guid id, bool includeDeleted = false, CancellationToken cancellationToken = default) =>
        http.GetAsync(
            Route.Query(Route.Of("workspaces", Route.Id(id)), ("include_deleted", includeDeleted ? "true" : null)), Json.Workspace, cancellationToken);

    public Task<Workspace> GetByNameAsync(string user, string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return http.GetAsync(Route.Of("users", user, "workspace", name), Json.Workspace, cancellationToken);
    }

    public Task<Workspace> CreateAsync(string user, CreateWorkspaceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        ArgumentNullException.ThrowIfNull(request);
        return http.SendAsync(HttpMethod.Post, Route.Of("users", user, "workspaces"), request, Json.CreateWorkspaceRequest, Json.Workspace, cancellationToken);
    }

    public Task<WorkspaceBuild> CreateBuildAsync(Guid id, CreateBuildRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return http.SendAsync(
            HttpMethod.Post, Route.Of("workspaces", Route.Id(id), "builds"), request, Json.CreateBuildRequest, Json.WorkspaceBuild, cancellationToken);
    }

    public Task<IReadOnlyList<WorkspaceBuild>> ListBuildsAsync(Guid id, int limit = 0, int offset = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        string path = Route.Query(Route.Of("workspaces", Route.Id(id), "builds"), ("limit", Route.Number(limit)), ("offset", Route.Number(offset)));
        return http.GetAsync(path, Json.IReadOnlyListWorkspaceBuild, cancellationToken);
    }

    public Task RenameAsync(Guid id, string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return http.SendAsync(HttpMethod.Patch, Route.Of("workspaces", Route.Id(id)), new WorkspaceRename(name), Json.WorkspaceRename, cancellationToken);
    }

    public Task<Workspace> SetDormantAsync(Guid id, bool dormant, CancellationToken cancellationToken = default) =>
        http.SendAsync(
            HttpMethod.Put,
            Route.Of("workspaces", Route.Id(id), "dormant"),
            new WorkspaceDormancy(dormant),
            Json.WorkspaceDormancy,
            Json.Workspace,
            cancellationToken);

    public Task ExtendAsync(Guid id, DateTimeOffset deadline, CancellationToken cancellationToken = default) =>
        http.SendAsync(
            HttpMethod.Put, Route.Of("workspaces", Route.Id(id), "extend"), new WorkspaceDeadline(deadline), Json.WorkspaceDeadline, cancellationToken);

    public Task SetTimeToLiveAsync(Guid id, TimeSpan? timeToLive, CancellationToken cancellationToken = default)
    {
        WorkspaceTtl body = new((long?)timeToLive?.TotalMilliseconds);
        return http.SendAsync(HttpMethod.Put, Route.Of("workspaces", Route.Id(id), "ttl"), body, Json.WorkspaceTtl, cancellationToken);
    }

    public Task SetFavoriteAsync(Guid id, bool favorite, CancellationToken cancellationToken = default) =>
        http.SendAsync(favorite ? HttpMethod.Put : HttpMethod.Delete, Route.Of("workspaces", Route.Id(id), "favorite"), cancellationToken);
}
