namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>A request taken apart.</summary>
/// <param name="Terms">What it speaks of, in order, without repetition.</param>
/// <param name="Needs">The pieces of text that ask for different things; one for most requests.</param>
internal sealed record ParsedQuery(IReadOnlyList<QueryTerm> Terms, IReadOnlyList<string> Needs);
