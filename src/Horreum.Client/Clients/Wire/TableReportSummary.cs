namespace Horreum.Client.Clients.Wire;

/// <summary>A report configuration with its reports.</summary>
public sealed record TableReportSummary
{
    /// <summary>Id of the configuration.</summary>
    public int ConfigId { get; init; }

    /// <summary>Id of the test.</summary>
    public int TestId { get; init; }

    /// <summary>Name of the test.</summary>
    public string? TestName { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Reports.</summary>
    public IReadOnlyList<TableReportSummaryItem> Reports { get => field ?? []; init; }
}
