namespace McpOptimizer.Core.Clients.Embeddings;

/// <summary>Vectors of one request in the order of its texts, and the model that made them when the service says.</summary>
internal sealed record EmbeddingBatch(float[][] Vectors, string? Model);
