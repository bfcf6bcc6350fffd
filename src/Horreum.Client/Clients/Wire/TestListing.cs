namespace Horreum.Client.Clients.Wire;

/// <summary>One page of test summaries.</summary>
public sealed record TestListing
{
    /// <summary>Tests.</summary>
    public IReadOnlyList<TestSummary> Tests { get => field ?? []; init; }

    /// <summary>How many there are over all pages.</summary>
    public long Count { get; init; }
}
