namespace McpOptimizer.Core.Models.Sources;

/// <summary>What a registry source answered.</summary>
public sealed record RegistryListing
{
    /// <summary>The entries that could be read.</summary>
    public required IReadOnlyList<RegistryEntry> Entries { get; init; }

    /// <summary>True only when every entry could be read: then, and only then, an entry that is missing is deleted.</summary>
    public required bool IsComplete { get; init; }
}
