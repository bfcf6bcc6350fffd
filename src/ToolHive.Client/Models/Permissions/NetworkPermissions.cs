namespace ToolHive.Client.Models.Permissions;

/// <summary>Network part of a permission profile.</summary>
public sealed record NetworkPermissions
{
    /// <summary>Container network mode.</summary>
    public string? Mode { get; init; }

    /// <summary>Who may call in.</summary>
    public InboundNetworkPermissions? Inbound { get; init; }

    /// <summary>What it may call.</summary>
    public OutboundNetworkPermissions? Outbound { get; init; }
}
