namespace ToolHive.Client.Models.Workloads;

/// <summary>A workload list, with what could not be read beside what could.</summary>
public sealed record WorkloadListing
{
    /// <summary>What could be read.</summary>
    public IReadOnlyList<Workload> Items { get => field ?? []; init; }

    /// <summary>What could not.</summary>
    public IReadOnlyList<WorkloadProblem> Problems { get => field ?? []; init; }

    /// <summary>True when the list itself was there and every element was read. Only then does a missing name mean that the workload is gone.</summary>
    public bool IsComplete { get; init; }
}
