using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Models.Workloads;

/// <summary>What running a registry entry would do.</summary>
public sealed record RunPlan
{
    /// <summary>Full name of the entry.</summary>
    public required string ServerName { get; init; }

    /// <summary>Legal name for the new workload.</summary>
    public required string WorkloadName { get; init; }

    /// <summary>True when the server runs elsewhere.</summary>
    public bool IsRemote { get; init; }

    /// <summary>Its image or address.</summary>
    public string? Identifier { get; init; }

    /// <summary>Required settings without a value.</summary>
    public IReadOnlyList<ServerSetting> Missing { get => field ?? []; init; }

    /// <summary>Settings that may be given as well.</summary>
    public IReadOnlyList<ServerSetting> Optional { get => field ?? []; init; }

    /// <summary>Name of a running workload of the same server; null when there is none.</summary>
    public string? RunningAs { get; init; }
}
