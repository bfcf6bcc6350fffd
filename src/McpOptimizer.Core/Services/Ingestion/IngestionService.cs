using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Trust;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>The doors of ingestion; each look has a class of its own.</summary>
internal sealed partial class IngestionService(
    RegistryIngestion registry,
    WorkloadIngestion workloads,
    WorkloadPlanner planner,
    WorkloadWriter writer,
    TrustKeeper trust,
    TrustMemory memory,
    IOptimizerStore store,
    ITextEmbedder embedder,
    IToolIndexWriter index,
    IngestionGate gate,
    IngestionStatus status,
    OfferingIngestion offerings,
    OfferingSignal offeringSignal,
    ILogger<IngestionService> logger) : IIngestionService
{
    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        await store.InitializeAsync(cancellationToken).ConfigureAwait(false);
        StoredState state;
        List<TrustInput> stored;
        IReadOnlyList<TrustVerdict>? verdicts;
        do
        {
            state = await ReadStateAsync(cancellationToken).ConfigureAwait(false);
            stored = [.. state.Workloads.Select(server => TrustKeeper.Stored(server.Name, [.. state.WorkloadTools[server.Id]]))];
            verdicts = await trust.LoadAsync(stored, state.Trust, state.LastTrustId, cancellationToken).ConfigureAwait(false);
        }
        while (verdicts is null);

        index.ApplyToWorkloads(new IndexChange
        {
            Upserted = [.. state.Workloads.Select((server, at) => IndexDocuments.Of(server, stored[at].Items, embedder.Model, verdicts[at]))],
        });
        foreach ((int at, WorkloadServer server) in state.Workloads.Index())
        {
            memory.Settle(server.Name, verdicts[at]);
        }

        index.ApplyToRegistry(new IndexChange { Upserted = [.. state.Registry.Select(server => IndexDocuments.Of(server, state.RegistryTools[server.Id], embedder.Model))] });
        status.Loaded();
        int tools = state.WorkloadTools.Sum(group => group.Count());
        LogLoaded(state.Workloads.Count, tools, state.Registry.Count);
    }

    public Task<long> CountStoredAsync(CancellationToken cancellationToken = default) =>
        store.ReadAsync((session, token) => session.WorkloadServers.CountAsync(token), cancellationToken);

    public Task<IngestionReport> IngestRegistryAsync(CancellationToken cancellationToken = default) => registry.RunAsync(cancellationToken);

    public async Task<IngestionReport> IngestWorkloadsAsync(CancellationToken cancellationToken = default)
    {
        IngestionReport report = await workloads.RunAsync(cancellationToken).ConfigureAwait(false);
        offeringSignal.LookAtAll();
        return report;
    }

    public async Task<IngestionReport> IngestWorkloadAsync(string serverName, CancellationToken cancellationToken = default)
    {
        IngestionReport report = await workloads.RunForAsync(serverName, forceMatch: false, cancellationToken).ConfigureAwait(false);
        offeringSignal.LookAt(serverName);
        return report;
    }

    public Task IngestOfferingsAsync(CancellationToken cancellationToken = default) => offerings.RunAsync(null, cancellationToken);

    public Task<bool> ForgetAsync(string serverName, CancellationToken cancellationToken = default) => workloads.ForgetAsync(serverName, cancellationToken);

    public async Task<IngestionReport> RematchAsync(string serverName, CancellationToken cancellationToken = default)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<WorkloadServer> servers, IReadOnlyList<RegistryServer> entries) = await store.ReadAsync(
            async (session, token) => (
                await session.WorkloadServers.ListAsync(token).ConfigureAwait(false),
                await session.RegistryServers.ListAsync(token).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        WorkloadServer server = servers.FirstOrDefault(server => server.Name == serverName)
            ?? throw new ArgumentException($"No server named '{serverName}' is stored.{NearestName.Hint(serverName, servers.Select(server => server.Name))}", nameof(serverName));

        RegistryMatch match = new RegistryMatcher(entries).Match(server.WorkloadIdentifier, server.Remote);
        if (match.Ambiguous.Count > 0)
        {
            return new IngestionReport { Seen = 1, Problems = [$"{serverName}: several registry entries have the address {server.WorkloadIdentifier}: {string.Join(", ", match.Ambiguous)}. Keep one of them."] };
        }

        IReadOnlyList<StoredTool> tools = await store.ReadAsync((session, token) => session.WorkloadTools.ListByServerAsync(server.Id, token), cancellationToken).ConfigureAwait(false);
        WorkloadPlan plan = await planner.PlanRelinkAsync(server, match.Entry, tools, cancellationToken).ConfigureAwait(false);
        await writer.CommitAsync([plan], cancellationToken).ConfigureAwait(false);
        return new IngestionReport { Seen = 1, Changed = plan.IsChange ? 1 : 0, Embedded = plan.Embedded, Problems = plan.Problems };
    }

    /// <summary>
    /// Embeds again what another model embedded, server by server, while searches go on with what they have. Nothing to do unless the generator changed.
    /// </summary>
    public async Task<int> ReembedStaleAsync(CancellationToken cancellationToken = default)
    {
        if (embedder.Model is null)
        {
            return 0;
        }

        IReadOnlyList<string> stale = await store.ReadAsync((session, token) => session.WorkloadTools.ListServersOfOtherModelsAsync(embedder.Model, token), cancellationToken).ConfigureAwait(false);
        int embedded = 0;
        foreach (string id in stale)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
            (WorkloadServer? server, RegistryServer? entry, IReadOnlyList<StoredTool> tools) = await store.ReadAsync(
                async (session, token) =>
                {
                    WorkloadServer? server = (await session.WorkloadServers.ListAsync(token).ConfigureAwait(false)).FirstOrDefault(server => server.Id == id);
                    RegistryServer? entry = (await session.RegistryServers.ListAsync(token).ConfigureAwait(false)).FirstOrDefault(entry => entry.Id == server?.RegistryServerId);
                    return (server, entry, await session.WorkloadTools.ListByServerAsync(id, token).ConfigureAwait(false));
                },
                cancellationToken).ConfigureAwait(false);
            if (server is null)
            {
                continue;
            }

            WorkloadPlan plan = await planner.PlanRelinkAsync(server, entry, tools, cancellationToken).ConfigureAwait(false);
            if (plan.Problems.Count > 0)
            {
                // The generator is out of reach: what is stored stays, and the next start or poll tries again.
                LogReembedFailed(server.Name, plan.Problems[0]);
                break;
            }

            await writer.CommitAsync([plan], cancellationToken).ConfigureAwait(false);
            embedded += plan.Embedded;
        }

        if (embedded > 0)
        {
            LogReembedded(embedded, embedder.Model);
        }

        return embedded;
    }

    private Task<StoredState> ReadStateAsync(CancellationToken cancellationToken) => store.ReadAsync(
        async (session, token) => new StoredState(
            await session.WorkloadServers.ListAsync(token).ConfigureAwait(false),
            (await session.WorkloadTools.ListAsync(token).ConfigureAwait(false)).ToLookup(tool => tool.ServerId),
            await session.RegistryServers.ListAsync(token).ConfigureAwait(false),
            (await session.RegistryTools.ListAsync(token).ConfigureAwait(false)).ToLookup(tool => tool.ServerId),
            (await session.Trust.ListAsync(cancellationToken: token).ConfigureAwait(false)).ToLookup(entry => entry.ServerName, StringComparer.Ordinal),
            await session.Trust.LastIdAsync(token).ConfigureAwait(false)),
        cancellationToken);

    [LoggerMessage(EventId = 220, Level = LogLevel.Information, Message = "Loaded {Servers} servers with {Tools} tools and {Entries} registry entries.")]
    private partial void LogLoaded(int servers, int tools, int entries);

    [LoggerMessage(EventId = 221, Level = LogLevel.Information, Message = "Embedded {Texts} texts again with {Model}.")]
    private partial void LogReembedded(int texts, string model);

    [LoggerMessage(EventId = 222, Level = LogLevel.Warning, Message = "Embedding the tools of {Server} again failed; searches go on with what is there: {Reason}")]
    private partial void LogReembedFailed(string server, string reason);

    private sealed record StoredState(
        IReadOnlyList<WorkloadServer> Workloads,
        ILookup<string, StoredTool> WorkloadTools,
        IReadOnlyList<RegistryServer> Registry,
        ILookup<string, StoredTool> RegistryTools,
        ILookup<string, TrustEntry> Trust,
        long LastTrustId);
}
