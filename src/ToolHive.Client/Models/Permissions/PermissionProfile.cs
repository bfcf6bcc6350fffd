namespace ToolHive.Client.Models.Permissions;

/// <summary>What a container may read, write and reach.</summary>
public sealed record PermissionProfile
{
    /// <summary>Name of the profile.</summary>
    public string? Name { get; init; }

    /// <summary>Network rules.</summary>
    public NetworkPermissions? Network { get; init; }

    /// <summary>Whether it runs privileged.</summary>
    public bool? Privileged { get; init; }

    /// <summary>Paths it may read.</summary>
    public IReadOnlyList<string> Read { get => field ?? []; init; }

    /// <summary>Paths it may write.</summary>
    public IReadOnlyList<string> Write { get => field ?? []; init; }
}
