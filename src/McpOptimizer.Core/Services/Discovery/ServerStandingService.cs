using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Catalogue;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>Puts together what is stored, what is indexed and how the connections stand.</summary>
internal sealed class ServerStandingService(
    OptimizerStore store, IBackendRepository backends, ToolIndexes indexes, IngestionStatus ingestion, IVisibilityService visibility) : IServerStandingService
{
    public async Task<IReadOnlyList<ServerStanding>> ListAsync(CallerIdentity caller, CancellationToken cancellationToken = default)
    {
        VisibilityScope scope = visibility.ScopeOf(caller);
        IReadOnlyList<WorkloadServer> stored = await store.ReadAsync((session, token) => session.WorkloadServers.ListAsync(token), cancellationToken).ConfigureAwait(false);
        Dictionary<string, WorkloadServer> rows = stored.GroupBy(server => server.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        Dictionary<string, BackendStatus> connections = backends.Status.GroupBy(status => status.ServerName, StringComparer.Ordinal).ToDictionary(group => group.Key, Worst, StringComparer.Ordinal);
        HashSet<string> starting = [.. caller.IsAdmin ? ingestion.Starting : ingestion.StartingFor(scope)];
        ILookup<string, IndexedTool> tools = indexes.Workloads.Current.ListTools(scope).ToLookup(tool => tool.ServerName, StringComparer.Ordinal);
        ILookup<string, IndexedTool> withheld = indexes.Withheld.Current.ListTools().ToLookup(tool => tool.ServerName, StringComparer.Ordinal);
        return
        [
            .. rows.Keys.Concat(connections.Keys).Concat(starting).Distinct(StringComparer.Ordinal)
                .Where(name => Shows(scope, name, rows.GetValueOrDefault(name), tools[name]))
                .Order(StringComparer.Ordinal)
                .Select(name => Standing(name, rows.GetValueOrDefault(name), connections.GetValueOrDefault(name))),
        ];

        ServerStanding Standing(string name, WorkloadServer? row, BackendStatus? connection) => new()
        {
            Name = name,
            Group = row?.Group ?? "default",
            Status = row?.Status,
            Reason = caller.IsAdmin ? row?.StatusReason : null,
            IsStarting = starting.Contains(name),
            Transport = row?.Transport,
            Tools = tools[name].Count(),
            Tokens = tools[name].Sum(tool => (long)tool.TokenCount),
            WithheldTools = caller.IsAdmin ? withheld[name].Count() : 0,
            Backend = caller.IsAdmin ? connection : null,
        };
    }

    // One server may have a connection a caller: what is told is that of the one that fares worst.
    private static BackendStatus Worst(IEnumerable<BackendStatus> connections) =>
        connections.OrderByDescending(status => status.LastError is not null).ThenByDescending(status => status.State).First();

    // A server of which no tool is visible is told of only where nothing but the server's own rules decide.
    private static bool Shows(VisibilityScope scope, string name, WorkloadServer? row, IEnumerable<IndexedTool> tools) =>
        tools.Any()
        || (scope.AllowsTool is null && scope.AllowsServer?.Invoke(name) != false && scope.Groups?.Contains(row?.Group ?? "default") != false);
}
