using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search.Index;
using McpOptimizer.Core.Services.Trust;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Takes over into this process's index what other processes changed in the store.</summary>
internal sealed class ReplicaFollower(
    OptimizerStore store, IStoreReplicas replicas, StoredServers servers, TrustStatus trust, TextEmbedder embedder, ToolIndexes indexes, PublishedServers published,
    CatalogueGate gate)
{
    private StorePosition? _position;

    /// <summary>Notes where the changes stand. Called before the store is loaded: what changes meanwhile is looked at again.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken = default) => _position = await replicas.ReadPositionAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Looks for changes and takes them over.</summary>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> FollowAsync(CancellationToken cancellationToken = default)
    {
        if (_position is null)
        {
            return false;
        }

        StoreChanges changes = await replicas.ReadChangesAsync(_position, cancellationToken).ConfigureAwait(false);

        // Withheld here for the time being, while this process took servers in: whoever does now has stored what holds.
        IReadOnlyList<string> unstored = await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false) ? [] : trust.UnstoredServers;
        if (changes.IsEmpty && unstored.Count == 0)
        {
            _position = changes.Position;
            return false;
        }

        using IDisposable turn = await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        HashSet<string> ids = [.. changes.Workloads];
        HashSet<string> judged = [.. changes.Trust, .. unstored];
        await servers.PublishAsync(
            server => changes.IsWhole || judged.Contains(server.Name) || (ids.Contains(server.Id) && !published.IsCurrent(server)),
            changes.IsWhole ? published.Ids : ids,
            cancellationToken).ConfigureAwait(false);
        await FollowRegistryAsync(changes, cancellationToken).ConfigureAwait(false);
        _position = changes.Position;
        return true;
    }

    private async Task FollowRegistryAsync(StoreChanges changes, CancellationToken cancellationToken)
    {
        if (!changes.IsWhole && changes.Entries.Count == 0)
        {
            return;
        }

        HashSet<string> ids = [.. changes.Entries];
        (HashSet<string> stored, List<ServerDocument> documents) = await store.ReadAsync(
            async (session, token) =>
            {
                IReadOnlyList<RegistryServer> all = await session.RegistryServers.ListAsync(token).ConfigureAwait(false);
                List<ServerDocument> meant = [];
                foreach (RegistryServer entry in all.Where(entry => changes.IsWhole || ids.Contains(entry.Id)))
                {
                    meant.Add(IndexDocuments.Of(entry, await session.RegistryTools.ListByServerAsync(entry.Id, token).ConfigureAwait(false), embedder));
                }

                return (all.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal), meant);
            },
            cancellationToken).ConfigureAwait(false);
        IEnumerable<string> known = changes.IsWhole ? indexes.Registry.Current.Segments.SelectMany(view => view.Servers).OfType<IndexedServer>().Select(server => server.Id) : ids;
        indexes.ApplyToRegistry(new IndexChange { Upserted = documents, RemovedServerIds = [.. known.Where(id => !stored.Contains(id))] });
    }
}
