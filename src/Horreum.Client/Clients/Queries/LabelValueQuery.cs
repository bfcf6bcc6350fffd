using Horreum.Client.Models;

namespace Horreum.Client.Clients.Queries;

/// <summary>Which label values to read.</summary>
public record LabelValueQuery : RequestQuery
{
    /// <summary>JSON object of label values that a dataset must have, or a JSONPath expression.</summary>
    public string? Filter { get; init; }

    /// <summary><c>start</c> or <c>stop</c>, where the endpoint sorts at all.</summary>
    public string? Sort { get; init; }

    /// <summary>Order.</summary>
    public SortDirection? Direction { get; init; }

    /// <summary>Datasets on a page; without it the server answers all.</summary>
    public int? Limit { get; init; }

    /// <summary>Page, from 0.</summary>
    public int? Page { get; init; }

    /// <summary>Labels to answer; all without it.</summary>
    public IReadOnlyList<string>? Include { get; init; }

    /// <summary>Labels to leave out.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>Whether an array in the filter means any of its values.</summary>
    public bool? MultiFilter { get; init; }

    internal override void AddTo(RequestPath path)
    {
        path
            .Add("filter", Filter)
            .Add("sort", Sort)
            .Add("direction", Direction)
            .Add("limit", Limit)
            .Add("page", Page)
            .Add("include", Include)
            .Add("exclude", Exclude)
            .Add("multiFilter", MultiFilter);
    }
}
