namespace ToolHive.Client.Models.Workloads;

/// <summary>Body of "create and start a workload". Give exactly one of image, url, or registry with server.</summary>
public sealed record CreateWorkloadRequest : WorkloadSettings
{
    /// <summary>Name of the new workload: letters, digits, dot, underscore and hyphen, at most 100.</summary>
    public required string Name { get; init; }

    /// <summary>Registry to take the server from; only <c>default</c> exists.</summary>
    public string? Registry { get; init; }

    /// <summary>Full name of the registry entry; ToolHive then fills image, transport, permissions and arguments itself.</summary>
    public string? Server { get; init; }
}
