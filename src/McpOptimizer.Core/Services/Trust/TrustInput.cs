using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>What one server has now, for a verdict on it.</summary>
internal sealed record TrustInput
{
    public required string ServerName { get; init; }

    /// <summary>Its tools as they are to be stored.</summary>
    public required IReadOnlyList<StoredTool> Tools { get; init; }

    /// <summary>Its tools as they were stored until now.</summary>
    public IReadOnlyList<StoredTool> Before { get; init; } = [];

    /// <summary>Whether the server was asked: only then do missing tools and instructions count as gone.</summary>
    public bool IsListing { get; init; }

    /// <summary>Its instructions as far as they are watched; null for none.</summary>
    public string? Instructions { get; init; }

    /// <summary>What the scan found, by tool name; the instructions' under the empty name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TrustFinding>> Findings { get; init; } = new Dictionary<string, IReadOnlyList<TrustFinding>>();
}
