using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Ingestion.Plan;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>
/// One look at the registry. Unchanged entries cost nothing; a renamed or deleted entry takes the workloads that are linked to it along:
/// their texts are embedded again in the new context, in the same transaction.
/// </summary>
internal sealed partial class RegistryIngestion(
    IEnumerable<IRegistrySource> sources,
    OptimizerStore store,
    IStoreReplicas replicas,
    RegistryPlanner planner,
    Commit commit,
    CatalogueGate gate,
    IngestionStatus status,
    ILogger<RegistryIngestion> logger)
{
    private readonly IRegistrySource? _source = sources.LastOrDefault();
    private readonly SaidOnce _said = new();

    public async Task<IngestionReport> RunAsync(CancellationToken cancellationToken = default)
    {
        if (_source is null || !await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            return new IngestionReport();
        }

        RegistryListing listing;
        try
        {
            listing = await _source.ListAsync(cancellationToken).ConfigureAwait(false);
            status.Succeeded(_source.Name, listing.Entries.Count);
        }
#pragma warning disable CA1031 // Whatever the source throws means "could not look": nothing changes.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            status.Failed(_source.Name, e.Message);
            if (_said.IsNews(_source.Name, e.Message))
            {
                LogUnavailable(_source.Name, e.Message);
            }

            return new IngestionReport { Problems = [$"{_source.Name}: {e.Message}"] };
        }

        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        return await Commit.WithRetriesAsync(() => TakeOverAsync(listing, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<IngestionReport> TakeOverAsync(RegistryListing listing, CancellationToken cancellationToken)
    {
        IReadOnlyList<RegistryServer> stored = await store.ReadAsync((session, token) => session.RegistryServers.ListAsync(token), cancellationToken).ConfigureAwait(false);
        List<string> problems = [.. listing.Problems.Select(problem => $"{_source!.Name}: {problem}")];
        (IReadOnlyList<EntryChange> changes, IReadOnlyList<RegistryServer> gone) = planner.Compare(listing, stored, problems);
        if (changes.Count == 0 && gone.Count == 0)
        {
            return Report(listing, 0, 0, 0, problems);
        }

        Dictionary<string, IReadOnlyList<StoredTool>> tools = await ReadToolsAsync(changes, cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<EntryPlan> entries, int embedded) = await planner.PlanAsync(changes, tools, problems, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<WorkloadPlan> relinked = await RelinkAsync(entries, gone, cancellationToken).ConfigureAwait(false);
        await commit.RunAsync(new Changes { Entries = entries, GoneEntries = gone, Workloads = relinked }, cancellationToken).ConfigureAwait(false);
        return Report(listing, entries.Count, gone.Count, embedded + relinked.Sum(plan => plan.Embedded), problems);
    }

    private Task<Dictionary<string, IReadOnlyList<StoredTool>>> ReadToolsAsync(IReadOnlyList<EntryChange> changes, CancellationToken cancellationToken) => store.ReadAsync(
        async (session, token) =>
        {
            Dictionary<string, IReadOnlyList<StoredTool>> tools = [];
            foreach (EntryChange change in changes.Where(change => change.Existing is not null))
            {
                tools[change.Server.Id] = await session.RegistryTools.ListByServerAsync(change.Server.Id, token).ConfigureAwait(false);
            }

            return tools;
        },
        cancellationToken);

    private async Task<IReadOnlyList<WorkloadPlan>> RelinkAsync(IReadOnlyList<EntryPlan> changed, IReadOnlyList<RegistryServer> gone, CancellationToken cancellationToken)
    {
        Dictionary<string, RegistryServer?> entries = changed.Where(plan => plan.Existing is not null).ToDictionary(plan => plan.Server.Id, plan => (RegistryServer?)plan.Server);
        foreach (RegistryServer server in gone)
        {
            entries[server.Id] = null;
        }

        (List<WorkloadServer> linked, Dictionary<string, IReadOnlyList<StoredTool>> tools) = await store.ReadAsync(
            async (session, token) =>
            {
                List<WorkloadServer> servers = [.. (await session.WorkloadServers.ListAsync(token).ConfigureAwait(false)).Where(server => server.RegistryServerId is { } id && entries.ContainsKey(id))];
                Dictionary<string, IReadOnlyList<StoredTool>> byServer = [];
                foreach (WorkloadServer server in servers)
                {
                    byServer[server.Id] = await session.WorkloadTools.ListByServerAsync(server.Id, token).ConfigureAwait(false);
                }

                return (servers, byServer);
            },
            cancellationToken).ConfigureAwait(false);
        return await planner.RelinkAsync(linked, tools, entries, cancellationToken).ConfigureAwait(false);
    }

    private IngestionReport Report(RegistryListing listing, int changed, int deleted, int embedded, List<string> problems)
    {
        foreach (string problem in _said.News(problems, isAll: true))
        {
            LogProblem(problem);
        }

        if (changed + deleted > 0)
        {
            LogDone(listing.Entries.Count, changed, deleted, embedded);
        }

        return new IngestionReport { Seen = listing.Entries.Count, Changed = changed, Deleted = deleted, Embedded = embedded, Problems = problems };
    }

    [LoggerMessage(EventId = 210, Level = LogLevel.Information, Message = "Registry: {Seen} entries seen, {Changed} changed, {Deleted} deleted, {Embedded} texts embedded.")]
    private partial void LogDone(int seen, int changed, int deleted, int embedded);

    [LoggerMessage(EventId = 211, Level = LogLevel.Warning, Message = "{Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(EventId = 212, Level = LogLevel.Warning, Message = "Registry {Name} could not be read; nothing is changed: {Reason}")]
    private partial void LogUnavailable(string name, string reason);
}
