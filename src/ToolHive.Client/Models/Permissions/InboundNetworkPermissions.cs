namespace ToolHive.Client.Models.Permissions;

/// <summary>Who may call a container.</summary>
public sealed record InboundNetworkPermissions
{
    /// <summary>Host names that may.</summary>
    public IReadOnlyList<string> AllowHost { get => field ?? []; init; }
}
