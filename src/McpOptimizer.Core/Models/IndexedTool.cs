namespace McpOptimizer.Core.Models;

/// <summary>A tool as the index holds it.</summary>
public sealed class IndexedTool
{
    /// <summary>The stored tool's id.</summary>
    public required string Id { get; init; }

    /// <summary>The stored server's id.</summary>
    public required string ServerId { get; init; }

    /// <summary>Workload (or registry entry) name.</summary>
    public required string ServerName { get; init; }

    /// <summary>The tool's own name.</summary>
    public required string Name { get; init; }

    /// <summary>The tool's definition as compact JSON without nulls, UTF-8.</summary>
    public required ReadOnlyMemory<byte> DefinitionJson { get; init; }

    /// <summary>Tokens of <see cref="DefinitionJson"/>.</summary>
    public required int TokenCount { get; init; }
}
