namespace ToolHive.Client.Models.Artifacts;

/// <summary>An artifact that could not be brought in line with the lock file.</summary>
public sealed record SyncFailure
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>What went wrong.</summary>
    public string? Error { get; init; }

    /// <summary>One word for it, such as <c>registry-unreachable</c>.</summary>
    public string? Reason { get; init; }
}
