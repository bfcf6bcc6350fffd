namespace ToolHive.Client.Models.Workloads;

/// <summary>What an upgrade would change besides the image.</summary>
public sealed record ConfigDrift
{
    /// <summary>Transport.</summary>
    public StringChange? Transport { get; init; }

    /// <summary>Permission profile.</summary>
    public StringChange? PermissionProfile { get; init; }
}
