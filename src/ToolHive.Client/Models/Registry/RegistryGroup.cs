namespace ToolHive.Client.Models.Registry;

/// <summary>Servers that a registry offers together.</summary>
public sealed record RegistryGroup
{
    /// <summary>Name of the group.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Its containers.</summary>
    public IReadOnlyList<ContainerRegistryServer> Servers { get => field ?? []; init; }

    /// <summary>Its remote servers.</summary>
    public IReadOnlyList<RemoteRegistryServer> RemoteServers { get => field ?? []; init; }
}
