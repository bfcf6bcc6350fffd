namespace McpOptimizer.Core.Services.Learning;

/// <summary>What past requests say at a request.</summary>
/// <param name="Tools">Of the tools that were called or passed over at similar ones, by their place in the index.</param>
/// <param name="Tried">Places of the tools that use may order wherever they stand, because they were called before.</param>
internal sealed record HistoryVotes(IReadOnlyDictionary<(int Segment, int Document), HistoryVote> Tools, IReadOnlySet<(int Segment, int Document)> Tried)
{
    /// <summary>They say nothing.</summary>
    public static HistoryVotes None { get; } = new(new Dictionary<(int Segment, int Document), HistoryVote>(), new HashSet<(int Segment, int Document)>());
}
