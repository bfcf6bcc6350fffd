using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>A tool that is looked at closely.</summary>
internal sealed class Candidate(int segment, int document, IndexedTool tool)
{
    public int Segment { get; } = segment;

    public int Document { get; } = document;

    public IndexedTool Tool { get; } = tool;

    /// <summary>BM25 over all fields.</summary>
    public double Bm25 { get; set; }

    /// <summary>The lexical side's final word: BM25 as a share of its best case, plus bonuses.</summary>
    public double Lexical { get; set; }

    /// <summary>Cosine similarity; meaningful when <see cref="HasVector"/>.</summary>
    public double Cosine { get; set; }

    /// <summary>Whether the tool has a vector of the query's width.</summary>
    public bool HasVector { get; set; }

    /// <summary>Standard deviations by which the cosine stands above the mean of all visible tools.</summary>
    public double Prominence { get; set; }

    public int LexicalRank { get; set; }

    public int SemanticRank { get; set; }

    public double Score { get; set; }

    /// <summary>Best first; equal scores by server name, then tool name, then id.</summary>
    public static int Compare(Candidate left, Candidate right, double leftScore, double rightScore)
    {
        if (leftScore != rightScore)
        {
            return rightScore.CompareTo(leftScore);
        }

        int byName = string.CompareOrdinal(left.Tool.ServerName, right.Tool.ServerName);
        byName = byName != 0 ? byName : string.CompareOrdinal(left.Tool.Name, right.Tool.Name);
        return byName != 0 ? byName : string.CompareOrdinal(left.Tool.Id, right.Tool.Id);
    }
}
