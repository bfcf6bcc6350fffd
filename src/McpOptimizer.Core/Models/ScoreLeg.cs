namespace McpOptimizer.Core.Models;

/// <summary>One kind of evidence in the score of a hit.</summary>
/// <param name="Name">What it is: <c>words</c>, <c>built-in</c>, <c>encoder</c>, <c>enrichment</c>, <c>history</c> or another.</param>
/// <param name="Weight">What it counted in this search, beside 1 for the words.</param>
/// <param name="Score">What it says of this tool, on its own scale: a share of the best case for words, a cosine for vectors.</param>
public readonly record struct ScoreLeg(string Name, double Weight, double Score);
