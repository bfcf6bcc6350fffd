namespace Horreum.Client.Clients.Wire;

/// <summary>One row of a report.</summary>
public sealed record TableReportData
{
    /// <summary>Id of the dataset.</summary>
    public int DatasetId { get; init; }

    /// <summary>Id of the run.</summary>
    public int RunId { get; init; }

    /// <summary>Position in its run, from 0.</summary>
    public int Ordinal { get; init; }

    /// <summary>Category the row belongs to.</summary>
    public string? Category { get; init; }

    /// <summary>Series the row belongs to.</summary>
    public string? Series { get; init; }

    /// <summary>Scale the row belongs to.</summary>
    public string? Scale { get; init; }

    /// <summary>The values.</summary>
    public IReadOnlyList<double> Values { get => field ?? []; init; }
}
