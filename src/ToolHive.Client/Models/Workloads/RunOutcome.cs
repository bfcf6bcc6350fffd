namespace ToolHive.Client.Models.Workloads;

/// <summary>What running a registry entry did.</summary>
public sealed record RunOutcome
{
    /// <summary>Kind of outcome.</summary>
    public RunStatus Status { get; init; }

    /// <summary>What was planned.</summary>
    public required RunPlan Plan { get; init; }

    /// <summary>Name of the workload that runs now; null when nothing was started.</summary>
    public string? WorkloadName { get; init; }

    /// <summary>Port of its proxy, when ToolHive named one.</summary>
    public int? Port { get; init; }

    /// <summary>The workload as it was when waiting for it ended; null when nothing was waited for.</summary>
    public ToolHiveWorkload? Workload { get; init; }
}
