using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Embeddings;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Puts servers into the index as they are stored, judged on the entries of the same snapshot. Callers are inside the gate: nothing older can be published after it.</summary>
internal sealed class StoredServers(
    OptimizerStore store, TrustKeeper keeper, TrustMemory memory, OfferingTrust offerings, TextEmbedder embedder, ToolIndexes index, PublishedServers published)
{
    /// <summary>Publishes those that are meant and stored.</summary>
    /// <param name="isMeant">Says which.</param>
    /// <param name="gone">Ids of servers that were stored; those that are not any more leave the index.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task PublishAsync(Func<WorkloadServer, bool> isMeant, IReadOnlyCollection<string> gone, CancellationToken cancellationToken = default)
    {
        (HashSet<string> stored, List<Stored> read) = await store.ReadAsync(
            async (session, token) =>
            {
                IReadOnlyList<WorkloadServer> all = await session.WorkloadServers.ListAsync(token).ConfigureAwait(false);
                List<Stored> meant = [];
                foreach (WorkloadServer server in all.Where(isMeant))
                {
                    IReadOnlyList<StoredTool> tools = await session.WorkloadTools.ListByServerAsync(server.Id, token).ConfigureAwait(false);
                    IReadOnlyList<TrustEntry> entries = await session.Trust.ListAsync(server.Name, token).ConfigureAwait(false);
                    meant.Add(new Stored(server, tools, entries));
                }

                return (all.Select(server => server.Id).ToHashSet(StringComparer.Ordinal), meant);
            },
            cancellationToken).ConfigureAwait(false);
        List<ServerDocument> documents = [];
        foreach (Stored server in read)
        {
            TrustVerdict verdict = keeper.Judge(TrustKeeper.Stored(server.Row.Name, server.Tools), server.Entries);
            documents.Add(IndexDocuments.Of(server.Row, server.Tools, embedder, verdict.Withholds, verdict.WithholdsServer));
            offerings.Publish(server.Row.Name, server.Entries);
            memory.Settle(server.Row.Name, verdict);
        }

        string[] removed = [.. gone.Where(id => !stored.Contains(id))];
        if (documents.Count + removed.Length > 0)
        {
            index.ApplyToWorkloads(new IndexChange { Upserted = documents, RemovedServerIds = removed });
        }

        foreach (Stored server in read)
        {
            published.Set(server.Row);
        }

        foreach (string id in removed)
        {
            published.Remove(id);
        }
    }

    private sealed record Stored(WorkloadServer Row, IReadOnlyList<StoredTool> Tools, IReadOnlyList<TrustEntry> Entries);
}
