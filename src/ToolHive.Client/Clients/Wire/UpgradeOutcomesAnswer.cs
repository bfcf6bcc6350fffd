using ToolHive.Client.Models.Artifacts;

namespace ToolHive.Client.Clients.Wire;

/// <summary>Outcomes of an upgrade.</summary>
internal sealed record UpgradeOutcomesAnswer
{
    public IReadOnlyList<UpgradeOutcome>? Outcomes { get; init; }
}
