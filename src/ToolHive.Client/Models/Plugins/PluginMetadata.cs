namespace ToolHive.Client.Models.Plugins;

/// <summary>What a plugin says about itself.</summary>
public sealed record PluginMetadata
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Version.</summary>
    public string? Version { get; init; }

    /// <summary>What it does.</summary>
    public string? Description { get; init; }

    /// <summary>Who wrote it.</summary>
    public string? Author { get; init; }

    /// <summary>Licence.</summary>
    public string? License { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Keywords { get => field ?? []; init; }
}
