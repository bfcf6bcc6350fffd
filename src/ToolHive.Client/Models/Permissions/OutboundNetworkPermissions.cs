namespace ToolHive.Client.Models.Permissions;

/// <summary>What a container may call.</summary>
public sealed record OutboundNetworkPermissions
{
    /// <summary>Host names it may reach.</summary>
    public IReadOnlyList<string> AllowHost { get => field ?? []; init; }

    /// <summary>Ports it may reach.</summary>
    public IReadOnlyList<int> AllowPort { get => field ?? []; init; }

    /// <summary>True lifts all limits.</summary>
    public bool? InsecureAllowAll { get; init; }
}
