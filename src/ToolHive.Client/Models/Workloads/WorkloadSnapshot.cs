namespace ToolHive.Client.Models.Workloads;

/// <summary>All workloads at one moment.</summary>
public sealed record WorkloadSnapshot
{
    /// <summary>The workloads, by key.</summary>
    public IReadOnlyList<ToolHiveWorkload> Workloads { get => field ?? []; init; }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<WorkloadProblem> Problems { get => field ?? []; init; }

    /// <summary>True when everything was listed. Only then does a missing workload mean that it is gone.</summary>
    public bool IsComplete { get; init; }

    /// <summary>When the listing was made.</summary>
    public DateTimeOffset ObservedAt { get; init; }

    /// <summary>Whether another snapshot shows the same workloads and problems.</summary>
    public bool IsSameAs(WorkloadSnapshot? other) =>
        other is not null
        && IsComplete == other.IsComplete
        && Problems.SequenceEqual(other.Problems)
        && Workloads.Count == other.Workloads.Count
        && Workloads.Zip(other.Workloads).All(pair => pair.First.IsSameAs(pair.Second));
}
