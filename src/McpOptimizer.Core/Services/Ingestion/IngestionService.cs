using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Embeddings;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>The doors of ingestion; each look has a class of its own.</summary>
internal sealed partial class IngestionService(
    RegistryIngestion registry,
    WorkloadIngestion workloads,
    WorkloadPlanner planner,
    WorkloadWriter writer,
    IndexLoader loader,
    IOptimizerStore store,
    ITextEmbedder embedder,
    IngestionGate gate,
    IngestionStatus status,
    OfferingIngestion offerings,
    OfferingSignal offeringSignal,
    IStoreReplicas replicas,
    ReplicaFollower follower,
    ILogger<IngestionService> logger) : IIngestionService, IDisposable
{
    private const int EmbeddingBatch = 32;

    private readonly SemaphoreSlim _reembedding = new(1, 1);
    private string? _reembedFault;

    public void Dispose() => _reembedding.Dispose();

    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        if (await store.InitializeAsync(cancellationToken).ConfigureAwait(false) is { } fault)
        {
            status.StoreFailed(fault);
            LogReadOnly(fault);
        }

        await follower.BeginAsync(cancellationToken).ConfigureAwait(false);
        await loader.LoadAsync(cancellationToken).ConfigureAwait(false);
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

    /// <summary>Begins a look that does not wait for slow sources and servers.</summary>
    /// <param name="patience">How long it waits for sources.</param>
    /// <param name="forceMatch">Whether registry entries are looked for whatever the policy says.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>What completes when every server has answered.</returns>
    public async Task<Task> BeginAsync(TimeSpan patience, bool forceMatch, CancellationToken cancellationToken = default)
    {
        Task<IngestionReport> answers = await workloads.LookAsync(patience, forceMatch, cancellationToken).ConfigureAwait(false);
        return FollowAsync();

        async Task FollowAsync()
        {
            await answers.ConfigureAwait(false);
            offeringSignal.LookAtAll();
        }
    }

    /// <summary>Looks whether the store is still in its place, and puts it back if not; looks whether one that failed works again.</summary>
    public async Task VerifyStoreAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (await store.VerifyAsync(cancellationToken).ConfigureAwait(false) is { } happened)
            {
                status.StoreFailed(happened);
                LogStore(happened);
            }
            else if (status.StoreFault is not null)
            {
                // Nothing but a count: to see whether it can be written.
                await store.DecideAsync(static (_, _) => Task.CompletedTask, cancellationToken).ConfigureAwait(false);
                status.StoreWorked();
                LogStoreWorks();
            }
        }
        catch (OptimizerStoreException e)
        {
            if (status.StoreFault != e.Message)
            {
                LogStore(e.Message);
            }

            status.StoreFailed(e.Message);
        }
    }

    /// <summary>Whether entries of a registry are stored.</summary>
    public Task<bool> HasRegistryAsync(CancellationToken cancellationToken = default) => store.ReadAsync(
        async (session, token) => (await session.RegistryServers.ListAsync(token).ConfigureAwait(false)).Count > 0, cancellationToken);

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
        if (match.Rejection(server.Name, server.WorkloadIdentifier) is { } rejection)
        {
            return new IngestionReport { Seen = 1, Problems = [rejection] };
        }

        IReadOnlyList<StoredTool> tools = await store.ReadAsync((session, token) => session.WorkloadTools.ListByServerAsync(server.Id, token), cancellationToken).ConfigureAwait(false);
        WorkloadPlan plan = await planner.PlanRelinkAsync(server, match.Entry, tools, cancellationToken: cancellationToken).ConfigureAwait(false);
        IngestionReport report = (await writer.CommitAsync([plan], cancellationToken).ConfigureAwait(false))[0];
        return report with { Changes = Compare(server, plan.Server, report) };
    }

    private static List<string> Compare(WorkloadServer before, WorkloadServer after, IngestionReport report)
    {
        List<string> changes = [];
        if (before.RegistryServerId != after.RegistryServerId || before.RegistryServerName != after.RegistryServerName)
        {
            changes.Add((before.RegistryServerName, after.RegistryServerName) switch
            {
                (null, { } now) => $"'{after.Name}' is linked to the registry entry '{now}'; it was linked to none.",
                ({ } was, null) => $"'{after.Name}' is linked to no registry entry any more; it was linked to '{was}', which does not have its address {after.WorkloadIdentifier}.",
                ({ } was, { } now) => $"'{after.Name}' is linked to the registry entry '{now}'; it was linked to '{was}'.",
                _ => $"'{after.Name}' is linked to another registry entry.",
            });
        }

        if (before.Description != after.Description)
        {
            changes.Add($"The description of '{after.Name}' is that of {(after.RegistryServerName is null ? "its own tools" : $"'{after.RegistryServerName}'")} now.");
        }

        if (report.Embedded > 0)
        {
            changes.Add($"{report.Embedded} texts were embedded again.");
        }

        return changes;
    }

    /// <summary>
    /// Embeds again what another model embedded, or what the host's generator has not got to, server by server, while searches go on with what they have. The
    /// generator works outside the gate, so that nothing waits for it. Nothing to do unless something is left over; one run at a time.
    /// </summary>
    public async Task<int> ReembedStaleAsync(CancellationToken cancellationToken = default)
    {
        if (embedder.Model is not { } model || !await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false) || !await _reembedding.WaitAsync(0, cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        int embedded = 0;
        try
        {
            if (!planner.TakeLeftOver())
            {
                return 0;
            }

            IReadOnlyList<string> stale = await store.ReadAsync((session, token) => session.WorkloadTools.ListServersOfOtherModelsAsync(model, token), cancellationToken).ConfigureAwait(false);
            foreach (string id in stale)
            {
                embedded += await ReembedAsync(id, cancellationToken).ConfigureAwait(false);
            }

            _reembedFault = null;
        }
        catch (EmbeddingException e)
        {
            // The generator is out of reach: what is stored stays, and the next look tries again. Said once.
            planner.MarkLeftOver();
            if (Interlocked.Exchange(ref _reembedFault, e.Message) != e.Message)
            {
                LogReembedFailed(e.Message);
            }
        }
        finally
        {
            _reembedding.Release();
        }

        if (embedded > 0)
        {
            LogReembedded(embedded, model);
        }

        return embedded;
    }

    private async Task<int> ReembedAsync(string id, CancellationToken cancellationToken)
    {
        (WorkloadServer? server, _, IReadOnlyList<StoredTool> tools) = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
        if (server is null)
        {
            return 0;
        }

        Dictionary<string, ReadOnlyMemory<float>> prepared = new(StringComparer.Ordinal);
        IEnumerable<string> texts = tools
            .Select(tool => (Tool: tool, Text: EmbeddingText.ForTool(server.ContextName, IndexDocuments.ReadDefinition(tool.Name, tool.Details))))
            .Where(item => embedder.Keep(item.Tool, item.Text).IsEmpty).Select(item => item.Text).Distinct(StringComparer.Ordinal);
        foreach (string[] batch in texts.Chunk(EmbeddingBatch))
        {
            IReadOnlyList<ReadOnlyMemory<float>> vectors = await embedder.EmbedAsync(batch, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < batch.Length; i++)
            {
                prepared[batch[i]] = vectors[i];
            }
        }

        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        (WorkloadServer? now, RegistryServer? entry, IReadOnlyList<StoredTool> current) = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
        if (now is null)
        {
            return 0;
        }

        WorkloadPlan plan = await planner.PlanRelinkAsync(now, entry, current, prepared, cancellationToken).ConfigureAwait(false);
        await writer.CommitAsync([plan], cancellationToken).ConfigureAwait(false);
        return plan.Embedded;
    }

    private Task<(WorkloadServer? Server, RegistryServer? Entry, IReadOnlyList<StoredTool> Tools)> ReadAsync(string id, CancellationToken cancellationToken) => store.ReadAsync(
        async (session, token) =>
        {
            WorkloadServer? server = (await session.WorkloadServers.ListAsync(token).ConfigureAwait(false)).FirstOrDefault(server => server.Id == id);
            RegistryServer? entry = (await session.RegistryServers.ListAsync(token).ConfigureAwait(false)).FirstOrDefault(entry => entry.Id == server?.RegistryServerId);
            return (server, entry, await session.WorkloadTools.ListByServerAsync(id, token).ConfigureAwait(false));
        },
        cancellationToken);

    [LoggerMessage(EventId = 223, Level = LogLevel.Error, Message = "What is stored is served, and what changes is withheld, until this is mended: {Reason}")]
    private partial void LogReadOnly(string reason);

    [LoggerMessage(EventId = 224, Level = LogLevel.Warning, Message = "{What}")]
    private partial void LogStore(string what);

    [LoggerMessage(EventId = 225, Level = LogLevel.Information, Message = "The store works again.")]
    private partial void LogStoreWorks();

    [LoggerMessage(EventId = 221, Level = LogLevel.Information, Message = "Embedded {Texts} texts again with {Model}.")]
    private partial void LogReembedded(int texts, string model);

    [LoggerMessage(EventId = 222, Level = LogLevel.Warning, Message = "Embedding the rest of the tools failed and is tried again; searches go on with what is there: {Reason}")]
    private partial void LogReembedFailed(string reason);
}
