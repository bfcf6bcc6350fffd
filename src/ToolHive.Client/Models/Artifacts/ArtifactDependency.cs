namespace ToolHive.Client.Models.Artifacts;

/// <summary>Another artifact that one needs.</summary>
public sealed record ArtifactDependency
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>OCI reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Digest.</summary>
    public string? Digest { get; init; }
}
