namespace ToolHive.Client.Models.Artifacts;

/// <summary>A file inside an artifact.</summary>
public sealed record ArtifactFile
{
    /// <summary>Path inside the artifact.</summary>
    public string? Path { get; init; }

    /// <summary>Size in bytes.</summary>
    public long? Size { get; init; }
}
