namespace McpOptimizer.Core.Models;

/// <summary>What a language model said of a tool when the host had it asked, and what of it is near to the request.</summary>
/// <param name="Purpose">What the tool is for.</param>
/// <param name="Requests">Requests that the tool answers.</param>
/// <param name="Nearest">The one of them, or the purpose, that is nearest to the request; null when the request has no vector.</param>
/// <param name="Similarity">Its cosine similarity; 0 when the request has no vector.</param>
/// <param name="Score">What that was worth beside the other scores.</param>
public sealed record EnrichmentEvidence(string Purpose, IReadOnlyList<string> Requests, string? Nearest, double Similarity, double Score);
