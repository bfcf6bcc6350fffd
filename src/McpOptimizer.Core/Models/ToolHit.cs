namespace McpOptimizer.Core.Models;

/// <summary>One search result.</summary>
public sealed record ToolHit
{
    /// <summary>The tool.</summary>
    public required IndexedTool Tool { get; init; }

    /// <summary>Fused score; higher is better, comparable within one result only.</summary>
    public required double Score { get; init; }

    /// <summary>Why it is here, when the query asked for it.</summary>
    public HitExplanation? Explanation { get; init; }

    /// <summary>Other servers that list the very same tool, best first; it has one place for all. Empty for most.</summary>
    public IReadOnlyList<string> AlsoOn { get => field ?? []; init; }
}
