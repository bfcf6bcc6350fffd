using ToolHive.Client.Models.ClientApps;

namespace ToolHive.Client.Clients.Wire;

/// <summary>What is known of each AI client.</summary>
internal sealed record ClientStatusAnswer
{
    public IReadOnlyList<ClientAppStatus>? Clients { get; init; }
}
