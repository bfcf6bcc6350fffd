namespace McpOptimizer.Core.Models;

/// <summary>What to look for, and among what.</summary>
public sealed record ToolQuery
{
    /// <summary>The need in the caller's words. Any text is legal, the empty one included.</summary>
    public required string Description { get; init; }

    /// <summary>Extra words for the lexical side; null or empty to use <see cref="Description"/> alone.</summary>
    public string? Keywords { get; init; }

    /// <summary>Most hits to return, 1–50; null for <c>Search.MaxToolsToReturn</c>.</summary>
    public int? Limit { get; init; }

    /// <summary>Who may see what; null sees every running server.</summary>
    public VisibilityScope? Scope { get; init; }

    /// <summary>Whether each hit says which side and which fields brought it.</summary>
    public bool Explain { get; init; }
}
