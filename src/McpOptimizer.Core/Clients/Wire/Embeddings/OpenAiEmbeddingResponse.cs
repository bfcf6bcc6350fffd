namespace McpOptimizer.Core.Clients.Wire.Embeddings;

/// <summary>Answer of <c>POST /embeddings</c>.</summary>
internal sealed record OpenAiEmbeddingResponse
{
    /// <summary>One entry per text, in any order.</summary>
    public IReadOnlyList<OpenAiEmbedding>? Data { get; init; }

    /// <summary>The model that answered, when the service says.</summary>
    public string? Model { get; init; }
}
