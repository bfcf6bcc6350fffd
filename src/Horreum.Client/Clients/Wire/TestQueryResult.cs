namespace Horreum.Client.Clients.Wire;

/// <summary>One page of tests.</summary>
public sealed record TestQueryResult
{
    /// <summary>Tests.</summary>
    public IReadOnlyList<Test> Tests { get => field ?? []; init; }

    /// <summary>How many there are over all pages.</summary>
    public long Count { get; init; }
}
