namespace Horreum.Client.Clients.Wire;

/// <summary>Outcome of comparing one variable.</summary>
public sealed record ComparisonResult
{
    /// <summary>Verdict: <c>BETTER</c>, <c>SAME</c> or <c>WORSE</c>.</summary>
    public string? Overall { get; init; }

    /// <summary>Value in the experiment.</summary>
    public double? ExperimentValue { get; init; }

    /// <summary>Value in the baseline.</summary>
    public double? BaselineValue { get; init; }

    /// <summary>Text for people.</summary>
    public string? Result { get; init; }
}
