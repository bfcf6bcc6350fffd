using ToolHive.Client.Models.Skills;

namespace ToolHive.Client.Clients.Wire;

/// <summary>Installed skills.</summary>
internal sealed record SkillsAnswer
{
    public IReadOnlyList<InstalledSkill>? Skills { get; init; }
}
