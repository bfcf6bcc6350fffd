namespace Horreum.Client.Clients.Wire;

/// <summary>One page of runs.</summary>
/// <remarks>Settable, since the serializer reads init-only members through boxes: lists would cost twice the time.</remarks>
public sealed record RunsSummary
{
    /// <summary>How many there are over all pages, as far as the endpoint counts right.</summary>
    public long Total { get; set; }

    /// <summary>Runs.</summary>
    public IReadOnlyList<RunSummary> Runs { get => field ?? []; set; }
}
