namespace ToolHive.Client.Models.Workloads;

/// <summary>Answer to creating or changing a workload.</summary>
public sealed record WorkloadCreated
{
    /// <summary>Name it got.</summary>
    public string? Name { get; init; }

    /// <summary>Port of its proxy.</summary>
    public int? Port { get; init; }
}
