namespace Horreum.Client.Clients.Wire;

/// <summary>A time range of a dashboard.</summary>
public sealed record ChangesRange
{
    /// <summary>Start of the range.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>End of the range.</summary>
    public DateTimeOffset To { get; init; }

    /// <summary>Whether to add one datapoint on each side.</summary>
    public bool? OneBeforeAndAfter { get; init; }
}
