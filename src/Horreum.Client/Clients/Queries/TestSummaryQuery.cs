using Horreum.Client.Models;

namespace Horreum.Client.Clients.Queries;

/// <summary>Which test summaries to list.</summary>
public sealed record TestSummaryQuery : RequestQuery
{
    /// <summary><c>__my</c>, <c>__all</c>, or role names separated by <c>;</c>.</summary>
    public string? Roles { get; init; }

    /// <summary>Folder; null is the root, <c>*</c> all folders.</summary>
    public string? Folder { get; init; }

    /// <summary>Items on a page; the server takes 20 without it, and all for 0.</summary>
    public int? Limit { get; init; }

    /// <summary>Page, from 1.</summary>
    public int? Page { get; init; }

    /// <summary>Order by name.</summary>
    public SortDirection? Direction { get; init; }

    /// <summary>Text that the name contains, in any case.</summary>
    public string? Name { get; init; }

    internal override void AddTo(RequestPath path)
    {
        path
            .Add("roles", Roles)
            .Add("folder", Folder)
            .Add("limit", Limit)
            .Add("page", Page)
            .Add("direction", Direction)
            .Add("name", Name);
    }
}
