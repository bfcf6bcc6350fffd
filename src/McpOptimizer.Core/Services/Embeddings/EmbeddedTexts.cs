namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>What could be embedded in the time there was.</summary>
/// <param name="Vectors">One per text, in order; empty ones when nothing could be.</param>
/// <param name="Model">Identity of what made them; null for empty ones.</param>
/// <param name="Fault">What went wrong; null when nothing did, though the host's generator may need more time.</param>
internal sealed record EmbeddedTexts(IReadOnlyList<ReadOnlyMemory<float>> Vectors, string? Model, string? Fault);
