namespace Horreum.Client.Clients.Wire;

/// <summary>Which datasets are an experiment and which its baseline.</summary>
public sealed record ExperimentProfile
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Id of the test.</summary>
    public int? TestId { get; init; }

    /// <summary>Labels given to the selector.</summary>
    public IReadOnlyList<string> SelectorLabels { get => field ?? []; init; }

    /// <summary>JavaScript function that selects the experiment.</summary>
    public string? SelectorFilter { get; init; }

    /// <summary>Labels given to the baseline filter.</summary>
    public IReadOnlyList<string> BaselineLabels { get => field ?? []; init; }

    /// <summary>JavaScript function that selects the baseline.</summary>
    public string? BaselineFilter { get; init; }

    /// <summary>How variables are compared.</summary>
    public IReadOnlyList<ExperimentComparison> Comparisons { get => field ?? []; init; }

    /// <summary>Labels shown with the result.</summary>
    public IReadOnlyList<string> ExtraLabels { get => field ?? []; init; }
}
