namespace McpOptimizer.Core.Clients.Wire.Embeddings;

/// <summary>Body of <c>POST /embed</c>.</summary>
internal sealed record TeiEmbedRequest(IReadOnlyList<string> Inputs, bool Normalize, bool Truncate);
