using System.Runtime.InteropServices;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Embeddings;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>
/// Vectors of what is not stored, such as resources and prompts: embedded by the first replica that asks, and read by the others, by the hash of the texts and the
/// model.
/// </summary>
internal sealed partial class SharedVectors(IStoreReplicas replicas, TextEmbedder embedder, ILogger<SharedVectors> logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>One vector for each text; none without a generator.</summary>
    /// <exception cref="EmbeddingException">The generator failed.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        if (replicas.Name is null || embedder.Model is null)
        {
            return await embedder.EmbedAsync(texts, cancellationToken).ConfigureAwait(false);
        }

        string key = $"vectors/{embedder.Model}/{ToolHasher.HashParts(texts)}";
        if (await FindAsync(key, texts.Count, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        IReadOnlyList<ReadOnlyMemory<float>> vectors = await embedder.EmbedAsync(texts, cancellationToken).ConfigureAwait(false);
        await KeepAsync(key, vectors, cancellationToken).ConfigureAwait(false);
        return vectors;
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<float>>?> FindAsync(string key, int count, CancellationToken cancellationToken)
    {
        try
        {
            byte[]? found = await replicas.FindSharedAsync(key, cancellationToken).ConfigureAwait(false);
            if (found is null || count == 0 || found.Length == 0 || found.Length % (count * sizeof(float)) != 0)
            {
                return null;
            }

            float[] all = MemoryMarshal.Cast<byte, float>(found).ToArray();
            int dimensions = all.Length / count;
            return [.. Enumerable.Range(0, count).Select(at => (ReadOnlyMemory<float>)all.AsMemory(at * dimensions, dimensions))];
        }
        catch (OptimizerStoreException e)
        {
            LogNotShared(e.Message);
            return null;
        }
    }

    private async Task KeepAsync(string key, IReadOnlyList<ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken)
    {
        // What cannot be cut apart again is not shared.
        if (vectors.Count == 0 || vectors[0].IsEmpty || vectors.Any(vector => vector.Length != vectors[0].Length))
        {
            return;
        }

        try
        {
            float[] all = [.. vectors.SelectMany(vector => vector.ToArray())];
            await replicas.ShareAsync(key, MemoryMarshal.AsBytes(all.AsSpan()).ToArray(), Lifetime, cancellationToken).ConfigureAwait(false);
        }
        catch (OptimizerStoreException e)
        {
            LogNotShared(e.Message);
        }
    }

    [LoggerMessage(EventId = 264, Level = LogLevel.Debug, Message = "Vectors are computed on this replica for itself: {Reason}")]
    private partial void LogNotShared(string reason);
}
