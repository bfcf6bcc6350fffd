namespace ToolHive.Client.Models.Workloads;

/// <summary>An element of a listing that could not be read, or a source that could not be asked.</summary>
public sealed record WorkloadProblem
{
    /// <summary>Name of what it concerns, when that much could be read.</summary>
    public string? Name { get; init; }

    /// <summary>What is wrong, in words.</summary>
    public required string Reason { get; init; }
}
