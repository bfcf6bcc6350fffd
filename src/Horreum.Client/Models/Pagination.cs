namespace Horreum.Client.Models;

/// <summary>Where a page stands in its list.</summary>
public sealed record Pagination
{
    /// <summary>Whether items follow.</summary>
    public bool HasMore { get; init; }

    /// <summary>How many items the whole list has; left out when counting would need reading it.</summary>
    public long? TotalCount { get; init; }

    /// <summary>Token of the next page; left out on the last one.</summary>
    public string? NextPageToken { get; init; }
}
