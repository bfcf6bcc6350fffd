namespace Horreum.Client.Clients.Wire;

/// <summary>Use of a label in a report.</summary>
public sealed record LabelInReport
{
    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>Id of the test.</summary>
    public int? TestId { get; init; }

    /// <summary>Name of the test.</summary>
    public string? TestName { get; init; }

    /// <summary>Id of the configuration.</summary>
    public int? ConfigId { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Which part of the report uses it.</summary>
    public string? Where { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }
}
