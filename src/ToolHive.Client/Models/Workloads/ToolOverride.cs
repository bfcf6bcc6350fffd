namespace ToolHive.Client.Models.Workloads;

/// <summary>New name and description of a tool.</summary>
public sealed record ToolOverride
{
    /// <summary>New name; null keeps it.</summary>
    public string? Name { get; init; }

    /// <summary>New description; null keeps it.</summary>
    public string? Description { get; init; }
}
