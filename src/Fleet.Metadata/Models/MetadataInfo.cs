namespace Fleet.Metadata.Models;

/// <summary>What is said about the answer itself.</summary>
public sealed record MetadataInfo
{
    /// <summary>Version of the answer's shape, <c>major.minor</c>; the major number grows when a reader must change.</summary>
    public required string Version { get; init; }
}
