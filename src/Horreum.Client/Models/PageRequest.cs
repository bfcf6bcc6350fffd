namespace Horreum.Client.Models;

/// <summary>Which page of a list.</summary>
public record PageRequest
{
    /// <summary>Token of an earlier page; it carries position and size.</summary>
    public string? PageToken { get; init; }

    /// <summary>Items on the page, 1 to 1000.</summary>
    public int? PageSize { get; init; }

    /// <summary>Page from 1, for callers without tokens.</summary>
    public int? Page { get; init; }
}
