using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Clients.Wire;

/// <summary>All upgrade checks.</summary>
internal sealed record UpgradeChecksAnswer
{
    public IReadOnlyList<UpgradeCheck>? Results { get; init; }
}
