using ToolHive.Client.Models.Artifacts;

namespace ToolHive.Client.Models.Plugins;

/// <summary>A plugin's manifest and files, read without installing it.</summary>
public sealed record PluginContent
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Version.</summary>
    public string? Version { get; init; }

    /// <summary>What it does.</summary>
    public string? Description { get; init; }

    /// <summary>Licence.</summary>
    public string? License { get; init; }

    /// <summary>Its manifest, JSON.</summary>
    public string? Manifest { get; init; }

    /// <summary>Its files.</summary>
    public IReadOnlyList<ArtifactFile> Files { get => field ?? []; init; }
}
