namespace Horreum.Client.Models;

/// <summary>Which label values of a test to read.</summary>
public sealed record TestLabelValueRequest : LabelValueRequest
{
    /// <summary>The test.</summary>
    public required TestReference Test { get; init; }

    /// <summary>Whether to answer labels that serve to filter.</summary>
    public bool Filtering { get; init; } = true;

    /// <summary>Whether to answer labels that are measured values.</summary>
    public bool Metrics { get; init; } = true;

    /// <summary>Only datasets that started at or after; in the forms of <see cref="TimedPageRequest.From"/>.</summary>
    public string? From { get; init; }

    /// <summary>Only datasets that stopped before.</summary>
    public string? To { get; init; }
}
