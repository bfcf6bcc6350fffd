namespace Horreum.Client.Clients.Queries;

/// <summary>Which log lines to read.</summary>
public sealed record LogQuery : RequestQuery
{
    /// <summary>Lowest severity: 0 debug, 1 info, 2 warning, 3 error.</summary>
    public int? Level { get; init; }

    /// <summary>Lines on a page.</summary>
    public int? Limit { get; init; }

    /// <summary>Page, from 0.</summary>
    public int? Page { get; init; }

    /// <summary>Only lines about this dataset, in the dataset log.</summary>
    public int? DatasetId { get; init; }

    /// <summary>Only lines about this run, in the transformation log.</summary>
    public int? RunId { get; init; }

    internal override void AddTo(RequestPath path)
    {
        path
            .Add("level", Level)
            .Add("limit", Limit)
            .Add("page", Page)
            .Add("datasetId", DatasetId)
            .Add("runId", RunId);
    }
}
