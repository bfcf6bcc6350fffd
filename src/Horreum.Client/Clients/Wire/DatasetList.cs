namespace Horreum.Client.Clients.Wire;

/// <summary>One page of datasets.</summary>
public sealed record DatasetList
{
    /// <summary>How many there are over all pages.</summary>
    public long Total { get; init; }

    /// <summary>Datasets.</summary>
    public IReadOnlyList<DatasetSummary> Datasets { get => field ?? []; init; }
}
