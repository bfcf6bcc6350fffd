namespace Horreum.Client.Models;

/// <summary>One page of label values, one item for each dataset.</summary>
public sealed record LabelValuePage
{
    /// <summary>The items.</summary>
    public IReadOnlyList<LabelValueItem> Items { get => field ?? []; init; }

    /// <summary>Where the page stands.</summary>
    public required Pagination Pagination { get; init; }

    /// <summary>Interval applied to the datasets; left out when none was.</summary>
    public AppliedTimeRange? TimeRange { get; init; }

    /// <summary>What the caller should know about this answer; left out when nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
