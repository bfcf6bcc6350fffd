namespace McpOptimizer.Core.Models;

/// <summary>A tool as its backend lists it.</summary>
public sealed record ToolDefinition
{
    /// <summary>The tool's name.</summary>
    public required string Name { get; init; }

    /// <summary>Display title, if any.</summary>
    public string? Title { get; init; }

    /// <summary>Description, if any.</summary>
    public string? Description { get; init; }

    /// <summary>The whole definition as compact JSON without nulls, UTF-8.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }
}
