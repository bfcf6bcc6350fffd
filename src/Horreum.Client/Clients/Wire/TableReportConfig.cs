namespace Horreum.Client.Clients.Wire;

/// <summary>What a report shows and how.</summary>
public sealed record TableReportConfig
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>The test.</summary>
    public Test? Test { get; init; }

    /// <summary>Labels given to the filter function.</summary>
    public IReadOnlyList<string> FilterLabels { get => field ?? []; init; }

    /// <summary>JavaScript function that selects datasets.</summary>
    public string? FilterFunction { get; init; }

    /// <summary>Labels given to the category function.</summary>
    public IReadOnlyList<string> CategoryLabels { get => field ?? []; init; }

    /// <summary>JavaScript function that computes the category.</summary>
    public string? CategoryFunction { get; init; }

    /// <summary>JavaScript function that formats categories.</summary>
    public string? CategoryFormatter { get; init; }

    /// <summary>Labels given to the series function.</summary>
    public IReadOnlyList<string> SeriesLabels { get => field ?? []; init; }

    /// <summary>JavaScript function that computes the series.</summary>
    public string? SeriesFunction { get; init; }

    /// <summary>JavaScript function that formats series.</summary>
    public string? SeriesFormatter { get; init; }

    /// <summary>Labels given to the scale function.</summary>
    public IReadOnlyList<string> ScaleLabels { get => field ?? []; init; }

    /// <summary>JavaScript function that computes the scale.</summary>
    public string? ScaleFunction { get; init; }

    /// <summary>JavaScript function that formats scales.</summary>
    public string? ScaleFormatter { get; init; }

    /// <summary>What the scale means.</summary>
    public string? ScaleDescription { get; init; }

    /// <summary>Components, in order.</summary>
    public IReadOnlyList<ReportComponent> Components { get => field ?? []; init; }
}
