namespace McpOptimizer.Core.Models;

/// <summary>What tells how sure a search is.</summary>
/// <param name="Lexical">The best match in words, as a share of the best case.</param>
/// <param name="Similarity">How far the best similarity stands above the usual one, as a share of what is left to 1.</param>
/// <param name="Size">Natural logarithm of the number of visible tools.</param>
internal readonly record struct ConfidenceEvidence(double Lexical, double Similarity, double Size);
