using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Services.Ingestion.Plan;

/// <summary>What one commit writes and publishes, of workloads and of the registry.</summary>
internal sealed record Changes
{
    /// <summary>Workloads that are new or other than stored.</summary>
    public IReadOnlyList<WorkloadPlan> Workloads { get; init; } = [];

    /// <summary>Stored workloads that are no more.</summary>
    public IReadOnlyList<WorkloadServer> Gone { get; init; } = [];

    /// <summary>Registry entries that are new or other than stored.</summary>
    public IReadOnlyList<EntryPlan> Entries { get; init; } = [];

    /// <summary>Stored registry entries that are no more.</summary>
    public IReadOnlyList<RegistryServer> GoneEntries { get; init; } = [];

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Workloads.Count + Gone.Count + Entries.Count + GoneEntries.Count == 0;
}
