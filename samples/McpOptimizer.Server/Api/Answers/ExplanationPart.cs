using McpOptimizer.Core.Models;

namespace McpOptimizer.Server.Api.Answers;

/// <summary>Why a hit is where it is.</summary>
internal sealed record ExplanationPart
{
    /// <summary>Rank by words, from 1; absent when no word matched.</summary>
    public int? LexicalRank { get; init; }

    /// <summary>Score by words.</summary>
    public double? LexicalScore { get; init; }

    /// <summary>Rank by meaning, from 1.</summary>
    public int? SemanticRank { get; init; }

    /// <summary>Score by meaning, -1 to 1.</summary>
    public double? SemanticScore { get; init; }

    /// <summary>How much meaning counted against words for this need, 0 to 1.</summary>
    public required double SemanticWeight { get; init; }

    /// <summary>Words that matched and where, each as "term: name, description".</summary>
    public required IReadOnlyList<string> MatchedTerms { get; init; }

    public static ExplanationPart Of(HitExplanation why) => new()
    {
        LexicalRank = why.LexicalRank,
        LexicalScore = why.LexicalRank is null ? null : Math.Round(why.LexicalScore, 3),
        SemanticRank = why.SemanticRank,
        SemanticScore = why.SemanticRank is null ? null : Math.Round(why.SemanticScore, 3),
        SemanticWeight = Math.Round(why.SemanticWeight, 3),
        MatchedTerms = why.MatchedTerms,
    };
}
