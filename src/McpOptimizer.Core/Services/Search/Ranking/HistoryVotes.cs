namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>What past requests say at a request. Tools are named by their place in the index, as <see cref="Place"/> writes it.</summary>
/// <param name="Tools">Of the tools that were called or passed over at similar ones.</param>
/// <param name="Tried">The tools that were called before, whatever the request.</param>
/// <param name="Servers">How strongly similar requests led to a server, by its name: what speaks for the best of its tools, 0 to 1.</param>
internal sealed record HistoryVotes(Dictionary<long, HistoryVote> Tools, HashSet<long> Tried, Dictionary<string, double> Servers)
{
    /// <summary>They say nothing.</summary>
    public static HistoryVotes None { get; } = new([], [], []);

    /// <summary>A place in the index as one number.</summary>
    public static long Place(int segment, int document) => ((long)segment << 32) | (uint)document;
}
