namespace Horreum.Client.Models;

/// <summary>One page of tests.</summary>
public sealed record TestPage
{
    /// <summary>The items.</summary>
    public IReadOnlyList<TestEntry> Tests { get => field ?? []; init; }

    /// <summary>Where the page stands.</summary>
    public required Pagination Pagination { get; init; }

    /// <summary>The same as the pagination's total count.</summary>
    public long? Count { get; init; }

    /// <summary>What the caller should know about this answer; left out when nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
