namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>A segment as one snapshot sees it.</summary>
internal sealed class SegmentView(IndexSegment segment, IndexedServer?[] servers)
{
    /// <summary>The postings.</summary>
    public IndexSegment Segment { get; } = segment;

    /// <summary>The server of each slot as it is now; null when it was removed or replaced.</summary>
    public IndexedServer?[] Servers { get; } = servers;

    /// <summary>Documents of servers that are there.</summary>
    public int LiveDocuments { get; } = servers.Sum(server => server?.Block.Tools.Length ?? 0);
}
