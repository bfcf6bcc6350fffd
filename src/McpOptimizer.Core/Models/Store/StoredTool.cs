namespace McpOptimizer.Core.Models.Store;

/// <summary>A row of <c>tools_registry</c> or <c>tools_workload</c>.</summary>
internal sealed record StoredTool
{
    /// <summary>Primary key, a UUID as text; stays the same while server and tool keep their names.</summary>
    public required string Id { get; init; }

    /// <summary>The server it belongs to.</summary>
    public required string ServerId { get; init; }

    /// <summary>Tool name, unique within the server.</summary>
    public required string Name { get; init; }

    /// <summary>The definition as compact JSON without nulls, UTF-8.</summary>
    public required ReadOnlyMemory<byte> Details { get; init; }

    /// <summary>Vector of the tool's text; empty when there is no generator or it failed.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }

    /// <summary>Which model made <see cref="Embedding"/>.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>Tokens of <see cref="Details"/>; 0 in the registry table, which does not keep them.</summary>
    public int TokenCount { get; init; }

    /// <summary>Hash of the definition with sorted members: equal means the same definition in any spelling.</summary>
    public string? ContentHash { get; init; }
}
