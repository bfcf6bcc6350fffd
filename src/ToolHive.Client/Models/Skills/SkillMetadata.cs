namespace ToolHive.Client.Models.Skills;

/// <summary>What a skill says about itself.</summary>
public sealed record SkillMetadata
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Version.</summary>
    public string? Version { get; init; }

    /// <summary>What it does.</summary>
    public string? Description { get; init; }

    /// <summary>Who wrote it.</summary>
    public string? Author { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get => field ?? []; init; }
}
