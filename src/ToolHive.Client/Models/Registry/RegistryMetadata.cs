namespace ToolHive.Client.Models.Registry;

/// <summary>Popularity and origin of a registry entry.</summary>
public sealed record RegistryMetadata
{
    /// <summary>When the entry last changed, as the registry writes it.</summary>
    public string? LastUpdated { get; init; }

    /// <summary>Stars of its repository.</summary>
    public int? Stars { get; init; }

    /// <summary>The resource it was made from.</summary>
    public KubernetesMetadata? Kubernetes { get; init; }
}
