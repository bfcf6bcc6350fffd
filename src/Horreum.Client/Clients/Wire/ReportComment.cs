namespace Horreum.Client.Clients.Wire;

/// <summary>A comment in a report.</summary>
public sealed record ReportComment
{
    /// <summary>Its id.</summary>
    public int? Id { get; init; }

    /// <summary>Severity.</summary>
    public int Level { get; init; }

    /// <summary>Category the row belongs to.</summary>
    public string? Category { get; init; }

    /// <summary>Id of the component.</summary>
    public int? ComponentId { get; init; }

    /// <summary>The text.</summary>
    public string? Comment { get; init; }
}
