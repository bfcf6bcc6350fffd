namespace Horreum.Client.Clients.Wire;

/// <summary>One page of datasets.</summary>
/// <remarks>Settable, since the serializer reads init-only members through boxes: lists would cost twice the time.</remarks>
public sealed record DatasetList
{
    /// <summary>How many there are over all pages.</summary>
    public long Total { get; set; }

    /// <summary>Datasets.</summary>
    public IReadOnlyList<DatasetSummary> Datasets { get => field ?? []; set; }
}
