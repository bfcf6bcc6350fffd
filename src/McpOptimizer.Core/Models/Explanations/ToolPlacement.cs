namespace McpOptimizer.Core.Models.Explanations;

/// <summary>Where a tool in question stands, and why.</summary>
public sealed record ToolPlacement
{
    /// <summary>The name as it was asked.</summary>
    public required string Asked { get; init; }

    /// <summary>What decided.</summary>
    public required PlacementKind Kind { get; init; }

    /// <summary>The same in a sentence or two, with what would change it.</summary>
    public required string Reason { get; init; }

    /// <summary>Its place among all candidates, from 1; null when it is none.</summary>
    public int? Rank { get; init; }

    /// <summary>The tool with its score and explanation; null when it is no candidate.</summary>
    public ToolHit? Hit { get; init; }

    /// <summary>For <see cref="PlacementKind.Outranked"/>: the tools directly before it, nearest first, at most 5.</summary>
    public IReadOnlyList<ToolHit> Ahead { get => field ?? []; init; }
}
