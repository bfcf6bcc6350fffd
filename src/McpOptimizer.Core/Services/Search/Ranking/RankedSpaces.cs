using McpOptimizer.Core.Services.Embeddings;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>The two spaces of a ranking with a generator of the host.</summary>
/// <param name="Layout">How the parts of a vector lie.</param>
/// <param name="Profile">Weights and scales of the host's generator.</param>
/// <param name="IsComplete">Whether the request has its vector of both spaces; else the built-in one stands alone.</param>
internal sealed record RankedSpaces(SpaceLayout Layout, EncoderProfile Profile, bool IsComplete);
