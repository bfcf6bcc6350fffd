namespace McpOptimizer.Core;

/// <summary>How an embedding service is spoken to.</summary>
public enum HttpEmbeddingProtocol
{
    /// <summary>OpenAI-compatible when <see cref="HttpEmbeddingOptions.Model"/> is set, else TEI.</summary>
    Auto,

    /// <summary>Text Embeddings Inference: <c>POST /embed</c>, <c>GET /info</c>.</summary>
    Tei,

    /// <summary>OpenAI and what is compatible with it: <c>POST /embeddings</c> below the endpoint.</summary>
    OpenAi,
}
