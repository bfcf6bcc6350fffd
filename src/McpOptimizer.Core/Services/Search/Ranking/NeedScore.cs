namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>What a tool is worth for one need, or for the whole request.</summary>
internal sealed class NeedScore
{
    /// <summary>BM25 over all fields.</summary>
    public double Bm25 { get; set; }

    /// <summary>Share of the need's mass that the tool's texts hold at all.</summary>
    public double Coverage { get; set; }

    /// <summary>Whether the need says all words of the tool's name, two at least, fillers aside.</summary>
    public bool IsNamed { get; set; }

    /// <summary>The lexical side's final word: BM25 as a share of its best case, plus what a close look shows.</summary>
    public double Lexical { get; set; }

    /// <summary>Cosine similarity, −1 to 1.</summary>
    public double Cosine { get; set; }

    /// <summary>Cosine similarity in the built-in space, where it is known.</summary>
    public double BuiltIn { get; set; }

    /// <summary>Cosine similarity in the space of the host's generator; null where that had no part.</summary>
    public double? Encoder { get; set; }

    /// <summary>Standard deviations by which the cosine stands above the mean of all visible tools.</summary>
    public double Prominence { get; set; }

    /// <summary>What past requests add, or take away.</summary>
    public double Learned { get; set; }

    /// <summary>How strongly similar past requests led to its server, 0 to 1.</summary>
    public double LedToServer { get; set; }

    /// <summary>What it gains because the caller lately called tools of its server, or because similar past requests led there.</summary>
    public double Recent { get; set; }

    /// <summary>What they add against every other tool, because they are sure.</summary>
    public double Sure { get; set; }

    /// <summary>What the requests add that a model worded for the tool.</summary>
    public double Enriched { get; set; }

    /// <summary>Whether use may change its place.</summary>
    public bool IsTried { get; set; }

    /// <summary>Both sides together.</summary>
    public double Fused { get; set; }
}
