namespace ToolHive.Client.Models.Registry;

/// <summary>The Kubernetes resource that a registry entry was made from.</summary>
public sealed record KubernetesMetadata
{
    /// <summary>Kind of the resource.</summary>
    public string? Kind { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>Its unique id.</summary>
    public string? Uid { get; init; }

    /// <summary>Its image.</summary>
    public string? Image { get; init; }

    /// <summary>Its transport.</summary>
    public string? Transport { get; init; }
}
