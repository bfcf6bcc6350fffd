namespace Horreum.Client.Clients.Wire;

/// <summary>Which variables to find the newest datapoints of.</summary>
public sealed record LastDatapointsParams
{
    /// <summary>Ids of the variables.</summary>
    public IReadOnlyList<int> Variables { get => field ?? []; init; }

    /// <summary>JSON text of the fingerprint.</summary>
    public string? Fingerprint { get; init; }
}
