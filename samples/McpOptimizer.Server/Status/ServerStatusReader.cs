using McpOptimizer.Core;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;

namespace McpOptimizer.Server.Status;

/// <summary>Puts together how each server stands: what its source says, what is known of its tools, how its connection fares.</summary>
internal sealed class ServerStatusReader(
    IEnumerable<IWorkloadSource> sources, IDiscoveryService discovery, IBackendRepository backends, IngestionStatus ingestion)
{
    /// <summary>Reads it, for a caller who may see everything. No server is asked.</summary>
    public async Task<ServerList> ReadAsync(CancellationToken cancellationToken = default)
    {
        List<string> problems = [.. ingestion.Faults.Select(fault => fault.Message)];
        Dictionary<string, (int Count, long Tokens)> tools = discovery.List(CallerIdentity.Anonymous)
            .GroupBy(tool => tool.ServerName)
            .ToDictionary(group => group.Key, group => (group.Count(), group.Sum(tool => (long)tool.TokenCount)), StringComparer.Ordinal);
        Dictionary<string, BackendStatus> connections = backends.Status.GroupBy(status => status.ServerName).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        HashSet<string> starting = [.. ingestion.Starting];
        SortedDictionary<string, ServerRow> rows = new(StringComparer.Ordinal);
        foreach (IWorkloadSource source in sources)
        {
            try
            {
                WorkloadListing listing = await source.ListAsync(cancellationToken);
                problems.AddRange(listing.Problems);
                foreach (WorkloadDescriptor workload in listing.Workloads)
                {
                    rows.TryAdd(workload.Name, Row(workload, tools.GetValueOrDefault(workload.Name), connections.GetValueOrDefault(workload.Name), starting.Contains(workload.Name)));
                }
            }
            catch (Exception e) when (e is SourceFileException or HttpRequestException or IOException or TimeoutException)
            {
                problems.Add($"{ShownAddress.Of(source.Name)}: {e.Message}");
            }
        }

        return new ServerList([.. rows.Values], problems);
    }

    /// <summary>The tools that can be found, and the servers that lack theirs.</summary>
    /// <exception cref="ArgumentException">There is no such server; the message names the nearest.</exception>
    public async Task<ToolRows> ReadToolsAsync(string? server, CancellationToken cancellationToken = default)
    {
        ServerList list = await ReadAsync(cancellationToken);
        ServerRow[] notReady = [.. list.NotReady.Where(row => server is null || row.Name == server)];

        // A server that is known and has no tools is no unknown name.
        return server is not null && list.Servers.Any(row => row.Name == server && row.Tools == 0)
            ? new ToolRows([], notReady)
            : ListTools(server) with { NotReady = notReady };
    }

    /// <summary>The tools alone.</summary>
    /// <exception cref="ArgumentException">There is no such server; the message names the nearest.</exception>
    public ToolRows ListTools(string? server) =>
        new([.. discovery.List(CallerIdentity.Anonymous, server).Select(tool => new ToolRow(tool.ServerName, tool.Name, tool.TokenCount))], []);

    private static ServerRow Row(WorkloadDescriptor workload, (int Count, long Tokens) tools, BackendStatus? connection, bool isStarting)
    {
        string? error = workload.Status == ServerStatus.Running ? connection?.LastError : workload.StatusReason;
        string state = workload.Status == ServerStatus.Stopped ? "off"
            : workload.Status == ServerStatus.Error ? "failed"
            : isStarting ? "starting"
            : error is not null ? "failed"
            : "ready";
        return new ServerRow(workload.Name, state, tools.Count, tools.Tokens, error, connection?.FailingSince, connection?.TriedAgainAt);
    }
}
