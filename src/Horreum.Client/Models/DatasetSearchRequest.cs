namespace Horreum.Client.Models;

/// <summary>Which datasets to list; a test, a schema, or both.</summary>
public sealed record DatasetSearchRequest : TimedPageRequest
{
    /// <summary>The test; null for all.</summary>
    public TestReference? Test { get; init; }

    /// <summary>Exact URI that one of the dataset's schemas must have; null for any.</summary>
    public string? SchemaUri { get; init; }
}
