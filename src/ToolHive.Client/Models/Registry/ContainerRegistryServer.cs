using ToolHive.Client.Models.Permissions;

namespace ToolHive.Client.Models.Registry;

/// <summary>A server that runs as a container here.</summary>
public sealed record ContainerRegistryServer : RegistryServer
{
    /// <summary>Image reference, tag included.</summary>
    public string? Image { get; init; }

    /// <summary>Arguments of its command.</summary>
    public IReadOnlyList<string> Args { get => field ?? []; init; }

    /// <summary>Known tags of the image.</summary>
    public IReadOnlyList<string> DockerTags { get => field ?? []; init; }

    /// <summary>Port inside the container.</summary>
    public int? TargetPort { get; init; }

    /// <summary>What it may read, write and reach.</summary>
    public PermissionProfile? Permissions { get; init; }

    /// <summary>Who built and signed it.</summary>
    public Provenance? Provenance { get; init; }
}
