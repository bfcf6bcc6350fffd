namespace ToolHive.Client.Models.Registry;

/// <summary>Everything that a registry offers.</summary>
public sealed record RegistryCatalog
{
    /// <summary>Version of the catalogue.</summary>
    public string? Version { get; init; }

    /// <summary>When it last changed, as the registry writes it.</summary>
    public string? LastUpdated { get; init; }

    /// <summary>Container servers, by name.</summary>
    public IReadOnlyList<ContainerRegistryServer> Servers { get => field ?? []; init; }

    /// <summary>Remote servers, by name.</summary>
    public IReadOnlyList<RemoteRegistryServer> RemoteServers { get => field ?? []; init; }

    /// <summary>Groups.</summary>
    public IReadOnlyList<RegistryGroup> Groups { get => field ?? []; init; }

    /// <summary>Entries that could not be read, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get => field ?? []; init; }

    /// <summary>Entries that were left out and are no fault, one sentence for each reason: older versions, servers that are npm packages only.</summary>
    public IReadOnlyList<string> Skipped { get => field ?? []; init; }

    /// <summary>True when the catalogue was there and every entry was read. Only then does a missing entry mean that it is gone.</summary>
    public bool IsComplete { get; init; }
}
