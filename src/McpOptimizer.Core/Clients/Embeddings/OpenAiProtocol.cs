using McpOptimizer.Core.Clients.Wire.Embeddings;

namespace McpOptimizer.Core.Clients.Embeddings;

/// <summary>OpenAI and compatible services.</summary>
internal sealed class OpenAiProtocol(HttpEmbeddingTransport transport, HttpEmbeddingOptions options) : IEmbeddingProtocol
{
    public int MaxBatch => int.MaxValue;

    /// <summary>There is nothing to ask but an embedding, whose answer names the model.</summary>
    public async Task<string?> ReadModelAsync(CancellationToken cancellationToken) =>
        (await EmbedAsync(["model"], cancellationToken).ConfigureAwait(false)).Model;

    public async Task<EmbeddingBatch> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        OpenAiEmbeddingRequest body = new()
        {
            Model = options.Model!,
            Input = [.. texts.Select(text => string.IsNullOrEmpty(text) ? " " : text)],
            Dimensions = options.Dimensions,
        };
        OpenAiEmbeddingResponse response = await transport.PostAsync(
            "/embeddings",
            body,
            EmbeddingJsonContext.Default.OpenAiEmbeddingRequest,
            EmbeddingJsonContext.Default.OpenAiEmbeddingResponse,
            cancellationToken).ConfigureAwait(false);
        IReadOnlyList<OpenAiEmbedding> data = response.Data ?? [];
        float[]?[] vectors = new float[texts.Count][];
        for (int i = 0; i < data.Count; i++)
        {
            int place = data[i].Index ?? i;
            if (place < 0 || place >= vectors.Length || vectors[place] is not null)
            {
                throw new EmbeddingException($"The embedding service gave a vector for place {place} of {vectors.Length} texts, or gave it twice.");
            }

            vectors[place] = data[i].Embedding;
        }

        return new EmbeddingBatch([.. vectors.OfType<float[]>()], response.Model);
    }
}
