namespace McpOptimizer.Core.Clients.Wire.Embeddings;

/// <summary>The vector of the text at a place of the request.</summary>
internal sealed record OpenAiEmbedding
{
    /// <summary>Place of the text; some services leave it out and keep the order.</summary>
    public int? Index { get; init; }

    /// <summary>The vector.</summary>
    public float[]? Embedding { get; init; }
}
