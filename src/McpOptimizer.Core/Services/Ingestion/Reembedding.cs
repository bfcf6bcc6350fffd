using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Ingestion.Plan;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Brings the vectors of stored tools up to the host's generator, in the background.</summary>
internal sealed partial class Reembedding(
    OptimizerStore store, IStoreReplicas replicas, TextEmbedder embedder, WorkloadPlanner planner, Commit commit, CatalogueGate gate, ILogger<Reembedding> logger) : IDisposable
{
    private const int EmbeddingBatch = 32;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private string? _fault;

    public void Dispose() => _turn.Dispose();

    /// <summary>
    /// Embeds again what another model embedded, or what the host's generator has not got to, server by server, while searches go on with what they have. The
    /// generator works outside the gate, so that nothing waits for it. Nothing to do unless something is left over; one run at a time.
    /// </summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        if (embedder.Model is not { } model || !await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false) || !await _turn.WaitAsync(0, cancellationToken).ConfigureAwait(false))
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

            _fault = null;
        }
        catch (EmbeddingException e)
        {
            // The generator is out of reach: what is stored stays, and the next look tries again. Said once.
            planner.MarkLeftOver();
            if (Interlocked.Exchange(ref _fault, e.Message) != e.Message)
            {
                LogReembedFailed(e.Message);
            }
        }
        finally
        {
            _turn.Release();
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
        await commit.RunAsync(plan.IsChange ? new Changes { Workloads = [plan] } : new Changes(), cancellationToken).ConfigureAwait(false);
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

    [LoggerMessage(EventId = 221, Level = LogLevel.Information, Message = "Embedded {Texts} texts again with {Model}.")]
    private partial void LogReembedded(int texts, string model);

    [LoggerMessage(EventId = 222, Level = LogLevel.Warning, Message = "Embedding the rest of the tools failed and is tried again; searches go on with what is there: {Reason}")]
    private partial void LogReembedFailed(string reason);
}
