namespace McpOptimizer.Core.Models;

/// <summary>Why a tool was found: which side, which fields, with which weights.</summary>
public sealed record HitExplanation
{
    /// <summary>Rank on the lexical side, from 1; null when it did not match there.</summary>
    public int? LexicalRank { get; init; }

    /// <summary>BM25 score on the lexical side.</summary>
    public double LexicalScore { get; init; }

    /// <summary>Rank on the semantic side, from 1; null when it was not among the candidates there.</summary>
    public int? SemanticRank { get; init; }

    /// <summary>Cosine similarity, −1 to 1.</summary>
    public double SemanticScore { get; init; }

    /// <summary>Weight the fusion gave the semantic side for this query, 0 or more.</summary>
    public double SemanticWeight { get; init; }

    /// <summary>Each kind of evidence with its weight: words, the built-in vector, and the vector of the host's generator where it had a part.</summary>
    public IReadOnlyList<ScoreLeg> Legs { get => field ?? []; init; }

    /// <summary>What past requests said of it; null when they said nothing.</summary>
    public HistoryEvidence? History { get; init; }

    /// <summary>What a language model said of the tool, where the host had one asked; null otherwise.</summary>
    public EnrichmentEvidence? Enrichment { get; init; }

    /// <summary>What it gained because the caller lately called tools of its server, or because similar past requests led there; 0 for nothing.</summary>
    public double RecentServer { get; init; }

    /// <summary>Query terms that matched and the fields they matched in, each as <c>term: name, description</c>.</summary>
    public IReadOnlyList<string> MatchedTerms { get => field ?? []; init; }
}
