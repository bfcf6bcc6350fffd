namespace Horreum.Client.Clients.Wire;

/// <summary>Use of a label in a view.</summary>
public sealed record LabelInView
{
    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>Id of the test.</summary>
    public int? TestId { get; init; }

    /// <summary>Name of the test.</summary>
    public string? TestName { get; init; }

    /// <summary>Id of the view.</summary>
    public int? ViewId { get; init; }

    /// <summary>Name of the view.</summary>
    public string? ViewName { get; init; }

    /// <summary>Id of the component.</summary>
    public int? ComponentId { get; init; }

    /// <summary>Heading of the column.</summary>
    public string? Header { get; init; }
}
