using McpOptimizer.Core.Clients.Wire.Embeddings;

namespace McpOptimizer.Core.Clients.Embeddings;

/// <summary>Text Embeddings Inference.</summary>
internal sealed class TeiProtocol(HttpEmbeddingTransport transport, HttpEmbeddingOptions options) : IEmbeddingProtocol
{
    private const int ShaLength = 12;
    private volatile int _maxBatch = int.MaxValue;

    public int MaxBatch => _maxBatch;

    public async Task<string?> ReadModelAsync(CancellationToken cancellationToken)
    {
        TeiInfo info = await transport.GetAsync("/info", EmbeddingJsonContext.Default.TeiInfo, cancellationToken).ConfigureAwait(false);
        if (info.MaxClientBatchSize is > 0 and { } limit)
        {
            _maxBatch = limit;
        }

        if (options.Model is { } wanted && info.ModelId != wanted)
        {
            throw new EmbeddingException($"The embedding service serves the model '{info.ModelId}', not '{wanted}' as configured.");
        }

        return string.IsNullOrEmpty(info.ModelSha) ? info.ModelId : $"{info.ModelId}@{info.ModelSha[..Math.Min(ShaLength, info.ModelSha.Length)]}";
    }

    public async Task<EmbeddingBatch> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        TeiEmbedRequest body = new(texts, Normalize: true, Truncate: true);
        float[][] vectors = await transport.PostAsync(
            "/embed", body, EmbeddingJsonContext.Default.TeiEmbedRequest, EmbeddingJsonContext.Default.SingleArrayArray, cancellationToken)
            .ConfigureAwait(false);
        return new EmbeddingBatch(vectors, Model: null);
    }
}
