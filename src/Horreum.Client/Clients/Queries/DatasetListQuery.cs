namespace Horreum.Client.Clients.Queries;

/// <summary>Which datasets to list.</summary>
public sealed record DatasetListQuery : ListQuery
{
    /// <summary>JSON object of label values that a dataset must have.</summary>
    public string? Filter { get; init; }

    /// <summary>View whose columns to add.</summary>
    public int? ViewId { get; init; }

    internal override void AddTo(RequestPath path)
    {
        base.AddTo(path);
        path.Add("filter", Filter).Add("viewId", ViewId);
    }
}
