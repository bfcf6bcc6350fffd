using System.Text.Json.Serialization;

namespace ToolHive.Client.Models.Skills;

/// <summary>Answer to installing a skill.</summary>
public sealed record SkillInstallation
{
    /// <summary>The installation.</summary>
    public InstalledSkill? Skill { get; init; }

    /// <summary>Who built and signed it.</summary>
    public SkillProvenance? Provenance { get; init; }

    /// <summary>True when nobody signed it.</summary>
    [JsonPropertyName("unsigned")]
    public bool IsUnsigned { get; init; }
}
