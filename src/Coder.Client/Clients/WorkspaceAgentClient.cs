using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

internal sealed class WorkspaceAgentClient(CoderHttp http) : IWorkspaceAgentClient
{
    private static CoderJsonContext Json => CoderJsonContext.Default;

    public Task<WorkspaceAgent> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        http.GetAsync(Route.Of("workspaceagents", Route.Id(id)), Json.WorkspaceAgent, cancellationToken);

    public Task<IReadOnlyList<WorkspaceAgentLog>> GetLogsAsync(Guid id, long? after = null, long? before = null, CancellationToken cancellationToken = default)
    {
        string path = Route.Query(Route.Of("workspaceagents", Route.Id(id), "logs"), ("after", Route.Number(after)), ("before", Route.Number(before)));
        return http.GetAsync(path, Json.IReadOnlyListWorkspaceAgentLog, cancellationToken);
    }

    public async Task<IReadOnlyList<ListeningPort>> ListPortsAsync(Guid id, CancellationToken cancellationToken = default)
    {
        ListeningPorts answer = await http
            .GetAsync(Route.Of("workspaceagents", Route.Id(id), "listening-ports"), Json.ListeningPorts, cancellationToken)
            .ConfigureAwait(false);
        return answer.Ports;
    }
}
