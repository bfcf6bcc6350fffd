namespace Horreum.Client.Clients.Wire;

/// <summary>One line logged while a report was computed.</summary>
public sealed record ReportLog
{
    /// <summary>Its id.</summary>
    public long Id { get; init; }

    /// <summary>Severity.</summary>
    public int Level { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The text.</summary>
    public string? Message { get; init; }

    /// <summary>Id of the report.</summary>
    public int ReportId { get; init; }
}
