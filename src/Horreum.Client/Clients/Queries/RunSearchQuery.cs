namespace Horreum.Client.Clients.Queries;

/// <summary>Which runs to list over all tests.</summary>
public sealed record RunSearchQuery : ListQuery
{
    /// <summary>JSONPath expression, or words to find anywhere in the data.</summary>
    public string? Query { get; init; }

    /// <summary>Whether all words must occur, not one of them.</summary>
    public bool? MatchAll { get; init; }

    /// <summary><c>__my</c>, <c>__all</c>, or role names separated by <c>;</c>.</summary>
    public string? Roles { get; init; }

    /// <summary>Whether to include trashed runs.</summary>
    public bool? Trashed { get; init; }

    internal override void AddTo(RequestPath path)
    {
        base.AddTo(path);
        path
            .Add("query", Query)
            .Add("matchAll", MatchAll)
            .Add("roles", Roles)
            .Add("trashed", Trashed);
    }
}
