namespace McpOptimizer.Core.Models.Sources;

/// <summary>What a workload source answered.</summary>
public sealed record WorkloadListing
{
    /// <summary>The workloads that could be read.</summary>
    public required IReadOnlyList<WorkloadDescriptor> Workloads { get; init; }

    /// <summary>True only when the source is sure that it listed everything: then, and only then, a workload that is missing is deleted.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Names of workloads that are there but could not be read; they are kept as they were.</summary>
    public IReadOnlyList<string> UnreadableNames { get => field ?? []; init; }

    /// <summary>
    /// What an owner of the source should know, one sentence each: what could not be read, members that are not followed, double names. Said in the log when it
    /// changes, and counted among the problems of an ingestion.
    /// </summary>
    public IReadOnlyList<string> Problems { get => field ?? []; init; }

    /// <summary>Whether a complete listing with no workload at all is to be believed. Off for services, whose empty answers are mostly faults; on for a file that somebody emptied.</summary>
    public bool EmptyIsCertain { get; init; }
}
