namespace Fleet.Metadata.Models;

/// <summary>Everything that could be found out about the workspace. What could not is missing.</summary>
public sealed record MetadataResponse
{
    /// <summary>The present version of the shape.</summary>
    public const string CurrentVersion = "1.0";

    /// <summary>Entries by key, in ordinal order of the keys.</summary>
    public required IReadOnlyDictionary<string, MetadataEntry> Data { get; init; }

    /// <summary>What is said about the answer itself.</summary>
    public required MetadataInfo Meta { get; init; }
}
