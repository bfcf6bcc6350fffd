using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>A tool that is looked at closely.</summary>
internal sealed class Candidate(int segment, int document, IndexedServer server, int at)
{
    public int Segment { get; } = segment;

    public int Document { get; } = document;

    /// <summary>Its server.</summary>
    public IndexedServer Server { get; } = server;

    /// <summary>Its place in the server's block.</summary>
    public int At { get; } = at;

    /// <summary>The tool itself; few of those that are looked at are asked for it.</summary>
    public IndexedTool Tool => Server.Block.Tools[At];

    /// <summary>What it is worth for each need; empty until it is scored.</summary>
    public NeedScore[] Needs { get; private set; } = [];

    /// <summary>What it is worth for the request as a whole; with one need the same object as the need's.</summary>
    public NeedScore Whole { get; private set; } = null!;

    /// <summary>Whether it has a vector of the query's width.</summary>
    public bool HasVector { get; set; }

    /// <summary>Place among the candidates by words, from 1; 0 when no word matched.</summary>
    public int LexicalRank { get; set; }

    /// <summary>Place among the candidates by meaning, from 1; 0 without a vector.</summary>
    public int SemanticRank { get; set; }

    /// <summary>What past requests say of it; null when they say nothing.</summary>
    public HistoryVote? History { get; set; }

    /// <summary>What a model said of it; null when it said nothing.</summary>
    public EnrichmentEvidence? Enrichment { get; set; }

    /// <summary>The final score.</summary>
    public double Score { get; set; }

    /// <summary>Takes what it is worth for each need, one at least.</summary>
    public void Take(NeedScore[] needs)
    {
        Needs = needs;
        Whole = needs.Length == 1 ? needs[0] : new NeedScore();
    }

    /// <summary>Best first; equal scores by server name, then tool name, then id.</summary>
    public static int Compare(Candidate left, Candidate right, double leftScore, double rightScore) =>
        leftScore != rightScore ? rightScore.CompareTo(leftScore) : ToolOrder.Compare(left.Server, left.At, right.Server, right.At);
}
