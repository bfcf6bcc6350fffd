namespace Horreum.Client.Clients.Wire;

/// <summary>One value that a report shows.</summary>
public sealed record ReportComponent
{
    /// <summary>Its id.</summary>
    public int? Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Position, from 0.</summary>
    public int Order { get; init; }

    /// <summary>Names of labels.</summary>
    public IReadOnlyList<string> Labels { get => field ?? []; init; }

    /// <summary>JavaScript function that computes the value from what was extracted.</summary>
    public string? Function { get; init; }

    /// <summary>Unit of the value.</summary>
    public string? Unit { get; init; }

    /// <summary>Id of the report.</summary>
    public int? ReportId { get; init; }
}
