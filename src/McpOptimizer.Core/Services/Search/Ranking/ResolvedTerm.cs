namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>A term of the request as the index knows it.</summary>
/// <param name="Query">The term of the request.</param>
/// <param name="Variants">Terms of the index that stand for it, heaviest first: weight (with the request's) times rarity.</param>
/// <param name="Mass">What matching it fully is worth.</param>
internal sealed record ResolvedTerm(QueryTerm Query, IReadOnlyList<(string Term, float Worth)> Variants, float Mass);
