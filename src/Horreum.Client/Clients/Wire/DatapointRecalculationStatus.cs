namespace Horreum.Client.Clients.Wire;

/// <summary>Progress of computing datapoints.</summary>
public sealed record DatapointRecalculationStatus
{
    /// <summary>Progress, 0 to 100.</summary>
    public int Percentage { get; init; }

    /// <summary>Whether it is finished.</summary>
    public bool Done { get; init; }

    /// <summary>How many datasets there are.</summary>
    public int? TotalDatasets { get; init; }

    /// <summary>How many failed.</summary>
    public int? Errors { get; init; }

    /// <summary>Datasets in which the variable has no value.</summary>
    public IReadOnlyList<DatasetInfo> DatasetsWithoutValue { get => field ?? []; init; }
}
