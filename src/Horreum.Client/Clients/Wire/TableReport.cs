namespace Horreum.Client.Clients.Wire;

/// <summary>A computed report.</summary>
public sealed record TableReport
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Settings, depending on the kind.</summary>
    public TableReportConfig? Config { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Comments of the report.</summary>
    public IReadOnlyList<ReportComment> Comments { get => field ?? []; init; }

    /// <summary>Rows.</summary>
    public IReadOnlyList<TableReportData> Data { get => field ?? []; init; }

    /// <summary>What was logged.</summary>
    public IReadOnlyList<ReportLog> Logs { get => field ?? []; init; }
}
