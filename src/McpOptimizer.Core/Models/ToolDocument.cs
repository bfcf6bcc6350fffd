namespace McpOptimizer.Core.Models;

/// <summary>One tool as it goes into the search index.</summary>
public sealed record ToolDocument
{
    /// <summary>The stored tool's id: unique in the index.</summary>
    public required string Id { get; init; }

    /// <summary>The tool's own name, unique within its server.</summary>
    public required string Name { get; init; }

    /// <summary>Title, when present and not the same as the name.</summary>
    public string? Title { get; init; }

    /// <summary>Full description.</summary>
    public string? Description { get; init; }

    /// <summary>The tool's definition as compact JSON without nulls (an MCP <c>Tool</c>), UTF-8.</summary>
    public required ReadOnlyMemory<byte> DefinitionJson { get; init; }

    /// <summary>Unit-length vector of the tool's text, or empty when no embedding generator is registered or embedding is still pending.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }

    /// <summary>Tokens of <see cref="DefinitionJson"/>, counted at ingestion.</summary>
    public required int TokenCount { get; init; }
}
