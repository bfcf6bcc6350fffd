namespace McpOptimizer.Core.Models.Disclosure;

/// <summary>A hit as the answer shows it.</summary>
public sealed record FoundTool
{
    /// <summary>The hit.</summary>
    public required ToolHit Hit { get; init; }

    /// <summary>How much of it is shown.</summary>
    public required ToolDetail Detail { get; init; }

    /// <summary>The tool in short; always there, shown when <see cref="Detail"/> is compact.</summary>
    public required ToolSummary Summary { get; init; }
}
