using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>A finished ranking.</summary>
/// <param name="Best">The best tools, best first.</param>
/// <param name="Confidence">How sure it is that something fits, 0 to 1.</param>
/// <param name="Evidence">What that was worked out from.</param>
/// <param name="SemanticWeight">What the fusion gave the semantic side.</param>
internal sealed record RankedTools(IReadOnlyList<Candidate> Best, double Confidence, ConfidenceEvidence Evidence, double SemanticWeight);
