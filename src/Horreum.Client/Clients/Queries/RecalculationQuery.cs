namespace Horreum.Client.Clients.Queries;

/// <summary>Which datapoints to compute again.</summary>
public sealed record RecalculationQuery : RequestQuery
{
    /// <summary>Only datasets that started at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only datasets that started at or before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether watchers are notified of changes found.</summary>
    public bool? Notify { get; init; }

    /// <summary>Whether to log more.</summary>
    public bool? Debug { get; init; }

    /// <summary>Whether to delete all datapoints first.</summary>
    public bool? Clear { get; init; }

    internal override void AddTo(RequestPath path)
    {
        path
            .Add("from", From)
            .Add("to", To)
            .Add("notify", Notify)
            .Add("debug", Debug)
            .Add("clear", Clear);
    }
}
