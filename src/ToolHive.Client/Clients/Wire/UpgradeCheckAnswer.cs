using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Clients.Wire;

/// <summary>One upgrade check.</summary>
internal sealed record UpgradeCheckAnswer
{
    public UpgradeCheck? Result { get; init; }
}
