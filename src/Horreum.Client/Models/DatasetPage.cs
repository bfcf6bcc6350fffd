namespace Horreum.Client.Models;

/// <summary>One page of datasets.</summary>
public sealed record DatasetPage
{
    /// <summary>The items.</summary>
    public IReadOnlyList<DatasetEntry> Datasets { get => field ?? []; init; }

    /// <summary>Where the page stands.</summary>
    public required Pagination Pagination { get; init; }

    /// <summary>The same as the pagination's total count.</summary>
    public long? Total { get; init; }

    /// <summary>Interval applied to start times; left out when none was.</summary>
    public AppliedTimeRange? TimeRange { get; init; }

    /// <summary>What the caller should know about this answer; left out when nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
