namespace Horreum.Client.Clients.Wire;

/// <summary>Names a computed report.</summary>
public sealed record TableReportSummaryItem
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Id of the configuration.</summary>
    public int ConfigId { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }
}
