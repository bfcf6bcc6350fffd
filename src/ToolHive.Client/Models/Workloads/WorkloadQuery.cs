namespace ToolHive.Client.Models.Workloads;

/// <summary>Which workloads to list.</summary>
public sealed record WorkloadQuery
{
    /// <summary>True for stopped ones too; false for running ones only.</summary>
    public bool All { get; init; }

    /// <summary>Only this group; null for all.</summary>
    public string? Group { get; init; }
}
