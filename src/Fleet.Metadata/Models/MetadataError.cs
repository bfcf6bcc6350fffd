namespace Fleet.Metadata.Models;

/// <summary>Body of an HTTP answer that is not a success.</summary>
public sealed record MetadataError
{
    /// <summary>The kind of error in two or three words.</summary>
    public required string Error { get; init; }

    /// <summary>What went wrong, for people.</summary>
    public required string Message { get; init; }

    /// <summary>More about it; null when there is no more to say.</summary>
    public string? Details { get; init; }
}
