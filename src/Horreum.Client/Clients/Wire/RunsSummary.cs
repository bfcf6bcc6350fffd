namespace Horreum.Client.Clients.Wire;

/// <summary>One page of runs.</summary>
public sealed record RunsSummary
{
    /// <summary>How many there are over all pages, as far as the endpoint counts right.</summary>
    public long Total { get; init; }

    /// <summary>Runs.</summary>
    public IReadOnlyList<RunSummary> Runs { get => field ?? []; init; }
}
