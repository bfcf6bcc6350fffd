namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>The vectors of one request's texts.</summary>
/// <param name="Vectors">In order; all of one width.</param>
/// <param name="Fault">Why they are built-in vectors alone; null when they are complete.</param>
internal readonly record struct QueryVectors(IReadOnlyList<ReadOnlyMemory<float>> Vectors, string? Fault);
