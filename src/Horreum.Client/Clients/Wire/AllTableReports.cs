namespace Horreum.Client.Clients.Wire;

/// <summary>One page of table reports.</summary>
public sealed record AllTableReports
{
    /// <summary>Reports.</summary>
    public IReadOnlyList<TableReportSummary> Reports { get => field ?? []; init; }

    /// <summary>How many there are over all pages.</summary>
    public long Count { get; init; }
}
