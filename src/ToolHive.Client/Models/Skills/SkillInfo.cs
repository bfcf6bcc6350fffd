using System.Text.Json.Serialization;

namespace ToolHive.Client.Models.Skills;

/// <summary>One installed skill.</summary>
public sealed record SkillInfo
{
    /// <summary>The installation.</summary>
    public InstalledSkill? InstalledSkill { get; init; }

    /// <summary>What it says about itself.</summary>
    public SkillMetadata? Metadata { get; init; }

    /// <summary>Who built and signed it.</summary>
    public SkillProvenance? Provenance { get; init; }

    /// <summary>True when nobody signed it.</summary>
    [JsonPropertyName("unsigned")]
    public bool IsUnsigned { get; init; }
}
