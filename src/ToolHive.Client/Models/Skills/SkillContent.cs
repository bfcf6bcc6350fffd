using ToolHive.Client.Models.Artifacts;

namespace ToolHive.Client.Models.Skills;

/// <summary>A skill's text and files, read without installing it.</summary>
public sealed record SkillContent
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Version.</summary>
    public string? Version { get; init; }

    /// <summary>What it does.</summary>
    public string? Description { get; init; }

    /// <summary>Licence.</summary>
    public string? License { get; init; }

    /// <summary>Its text, Markdown.</summary>
    public string? Body { get; init; }

    /// <summary>Its files.</summary>
    public IReadOnlyList<ArtifactFile> Files { get => field ?? []; init; }
}
