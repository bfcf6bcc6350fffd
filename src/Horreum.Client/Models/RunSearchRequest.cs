namespace Horreum.Client.Models;

/// <summary>Which runs to list over all tests.</summary>
public sealed record RunSearchRequest : TimedPageRequest
{
    /// <summary>JSONPath expression, or words to find anywhere in the data.</summary>
    public string? Query { get; init; }

    /// <summary><c>__my</c>, <c>__all</c>, or role names separated by <c>;</c>.</summary>
    public string? Roles { get; init; }

    /// <summary>Whether to include trashed runs.</summary>
    public bool Trashed { get; init; }
}
