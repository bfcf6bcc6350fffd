namespace Horreum.Client.Clients.Wire;

/// <summary>Progress of transforming a test's runs.</summary>
public sealed record RecalculationStatus
{
    /// <summary>When it happened.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>How many runs there are.</summary>
    public long TotalRuns { get; init; }

    /// <summary>How many runs are done.</summary>
    public long Finished { get; init; }

    /// <summary>How many datasets were made.</summary>
    public long Datasets { get; init; }
}
