namespace McpOptimizer.Core.Repositories.Store;

/// <summary>What others changed between two positions.</summary>
/// <param name="Position">Up to where.</param>
internal sealed record StoreChanges(StorePosition Position)
{
    /// <summary>Whether the store is another one, or an older state of the same: everything is to be read again.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Ids of workloads that were written or deleted.</summary>
    public IReadOnlyCollection<string> Workloads { get; init; } = [];

    /// <summary>Ids of registry entries that were.</summary>
    public IReadOnlyCollection<string> Entries { get; init; } = [];

    /// <summary>Names of servers of which trust entries were.</summary>
    public IReadOnlyCollection<string> Trust { get; init; } = [];

    public bool IsEmpty => !IsWhole && Workloads.Count + Entries.Count + Trust.Count == 0;
}
