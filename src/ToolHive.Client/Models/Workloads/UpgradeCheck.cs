namespace ToolHive.Client.Models.Workloads;

/// <summary>Whether a newer version of a workload's server is in the registry.</summary>
public sealed record UpgradeCheck
{
    /// <summary>Name of the workload.</summary>
    public string? WorkloadName { get; init; }

    /// <summary><c>up-to-date</c>, <c>upgrade-available</c>, <c>not-registry-sourced</c>, <c>server-not-found</c>, <c>unknown</c>, or a word of a newer
    /// ToolHive.</summary>
    public string? Status { get; init; }

    /// <summary>Registry entry that was compared.</summary>
    public string? RegistryServer { get; init; }

    /// <summary>Image in use.</summary>
    public string? CurrentImage { get; init; }

    /// <summary>Image an upgrade would use.</summary>
    public string? CandidateImage { get; init; }

    /// <summary>Why the status is what it is.</summary>
    public string? Reason { get; init; }

    /// <summary>Changes of the variables.</summary>
    public EnvVarDrift? EnvVarDrift { get; init; }

    /// <summary>Other changes.</summary>
    public ConfigDrift? ConfigDrift { get; init; }
}
