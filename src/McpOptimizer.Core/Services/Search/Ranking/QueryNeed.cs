namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>One thing that a request asks for.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Terms">What it speaks of, in order, without repetition.</param>
/// <param name="IsKeywords">Whether it is the keyword text: it counts for the request as a whole, and is no need of its own.</param>
internal sealed record QueryNeed(string Text, IReadOnlyList<QueryTerm> Terms, bool IsKeywords);
