using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

internal sealed class BuildClient(CoderHttp http) : IBuildClient
{
    private static CoderJsonContext Json => CoderJsonContext.Default;

    public Task<WorkspaceBuild> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        http.GetAsync(Route.Of("workspacebuilds", Route.Id(id)), Json.WorkspaceBuild, cancellationToken);

    public Task<WorkspaceBuild> GetByNumberAsync(string user, string workspace, int number, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        ArgumentException.ThrowIfNullOrWhiteSpace(workspace);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        return http.GetAsync(Route.Of("users", user, "workspace", workspace, "builds", Route.Number(number)!), Json.WorkspaceBuild, cancellationToken);
    }

    public Task CancelAsync(Guid id, CancellationToken cancellationToken = default) =>
        http.SendAsync(HttpMethod.Patch, Route.Of("workspacebuilds", Route.Id(id), "cancel"), cancellationToken);

    public Task<IReadOnlyList<ProvisionerLog>> GetLogsAsync(Guid id, long? after = null, long? before = null, CancellationToken cancellationToken = default)
    {
        string path = Route.Query(Route.Of("workspacebuilds", Route.Id(id), "logs"), ("after", Route.Number(after)), ("before", Route.Number(before)));
        return http.GetAsync(path, Json.IReadOnlyListProvisionerLog, cancellationToken);
    }

    public Task<IReadOnlyList<RichParameterValue>> GetParametersAsync(Guid id, CancellationToken cancellationToken = default) =>
        http.GetAsync(Route.Of("workspacebuilds", Route.Id(id), "parameters"), Json.IReadOnlyListRichParameterValue, cancellationToken);
}
