using Horreum.Client.Models;

namespace Horreum.Client.Clients.Queries;

/// <summary>Page, size and order of a list.</summary>
public record ListQuery : RequestQuery
{
    /// <summary>Items on a page; without it the server answers all.</summary>
    public int? Limit { get; init; }

    /// <summary>Page, from 1 unless the method says otherwise.</summary>
    public int? Page { get; init; }

    /// <summary>Column to sort by.</summary>
    public string? Sort { get; init; }

    /// <summary>Order.</summary>
    public SortDirection? Direction { get; init; }

    internal override void AddTo(RequestPath path)
    {
        path
            .Add("limit", Limit)
            .Add("page", Page)
            .Add("sort", Sort)
            .Add("direction", Direction);
    }
}
