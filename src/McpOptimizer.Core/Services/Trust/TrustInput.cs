using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>What one server has now of one kind, for a verdict on it.</summary>
internal sealed record TrustInput
{
    public required string ServerName { get; init; }

    /// <summary>What <see cref="Items"/> are. Endpoint and instructions are judged with the tools.</summary>
    public TrustKind Kind { get; init; }

    /// <summary>The definitions; those of tools as they are to be stored.</summary>
    public required IReadOnlyList<StoredTool> Items { get; init; }

    /// <summary>The tools as they were stored until now.</summary>
    public IReadOnlyList<StoredTool> Before { get; init; } = [];

    /// <summary>Whether the server was asked and answered to the end: only then does anything count as gone, and only such an answer is a baseline.</summary>
    public bool IsListing { get; init; }

    /// <summary>Its instructions as far as they are watched; null for none.</summary>
    public string? Instructions { get; init; }

    /// <summary>What stands behind its name; null when nobody looked.</summary>
    public EndpointFingerprint? Endpoint { get; init; }

    /// <summary>What the scan found, by name; the instructions' under the empty name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TrustFinding>> Findings { get; init; } = new Dictionary<string, IReadOnlyList<TrustFinding>>();
}
