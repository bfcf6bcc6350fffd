namespace Horreum.Client.Clients.Queries;

/// <summary>Which label values of a test to read.</summary>
public sealed record TestLabelValueQuery : LabelValueQuery
{
    /// <summary>Whether to answer labels that serve to filter.</summary>
    public bool? Filtering { get; init; }

    /// <summary>Whether to answer labels that are measured values.</summary>
    public bool? Metrics { get; init; }

    /// <summary>Only datasets that stopped before, exclusive.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only datasets that started after, exclusive.</summary>
    public DateTimeOffset? After { get; init; }

    internal override void AddTo(RequestPath path)
    {
        base.AddTo(path);
        path
            .Add("filtering", Filtering)
            .Add("metrics", Metrics)
            .Add("before", Before)
            .Add("after", After);
    }
}
