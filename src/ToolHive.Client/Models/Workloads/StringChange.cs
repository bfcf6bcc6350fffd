namespace ToolHive.Client.Models.Workloads;

/// <summary>A value before and after.</summary>
public sealed record StringChange
{
    /// <summary>Before.</summary>
    public string? From { get; init; }

    /// <summary>After.</summary>
    public string? To { get; init; }
}
