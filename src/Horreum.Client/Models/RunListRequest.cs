namespace Horreum.Client.Models;

/// <summary>Which runs of a test to list.</summary>
public sealed record RunListRequest : TimedPageRequest
{
    /// <summary>The test.</summary>
    public required TestReference Test { get; init; }

    /// <summary>Whether to include trashed runs.</summary>
    public bool Trashed { get; init; }
}
