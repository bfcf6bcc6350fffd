namespace McpOptimizer.Core.Models.Sources;

/// <summary>What a registry source answered.</summary>
public sealed record RegistryListing
{
    /// <summary>The entries that could be read.</summary>
    public required IReadOnlyList<RegistryEntry> Entries { get; init; }

    /// <summary>True only when every entry could be read: then, and only then, an entry that is missing is deleted.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>What could not be read, one sentence each: said in the log and counted among the problems of an ingestion.</summary>
    public IReadOnlyList<string> Problems { get => field ?? []; init; }
}
