namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>What a tool is worth for one need, or for the whole request.</summary>
internal sealed class NeedScore
{
    /// <summary>BM25 over all fields.</summary>
    public double Bm25 { get; set; }

    /// <summary>Share of the need's mass that the tool's texts hold at all.</summary>
    public double Coverage { get; set; }

    /// <summary>How well the need and the tool's name cover each other, 0 to 1.</summary>
    public double NameCoverage { get; set; }

    /// <summary>Share of the need's neighbouring words that stand side by side in the tool's texts.</summary>
    public double Adjacency { get; set; }

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

    /// <summary>Whether use may change its place.</summary>
    public bool IsTried { get; set; }

    /// <summary>Both sides together.</summary>
    public double Fused { get; set; }
}
