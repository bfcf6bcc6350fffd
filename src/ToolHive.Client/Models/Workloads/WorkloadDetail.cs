namespace ToolHive.Client.Models.Workloads;

/// <summary>How a workload was created. <see cref="WorkloadSettings.Url"/> is the remote server's own address here, absent for containers.</summary>
public sealed record WorkloadDetail : WorkloadSettings
{
    /// <summary>Name of the workload.</summary>
    public string? Name { get; init; }

    /// <summary>Registry it came from.</summary>
    public string? Registry { get; init; }

    /// <summary>Registry entry it came from.</summary>
    public string? Server { get; init; }
}
