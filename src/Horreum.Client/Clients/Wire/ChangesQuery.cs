namespace Horreum.Client.Clients.Wire;

/// <summary>A dashboard's request for time series.</summary>
public sealed record ChangesQuery
{
    /// <summary>Time range.</summary>
    public ChangesRange? Range { get; init; }

    /// <summary>Series asked for.</summary>
    public IReadOnlyList<ChangesTarget> Targets { get => field ?? []; init; }
}
