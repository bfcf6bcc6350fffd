namespace Horreum.Client.Clients.Wire;

/// <summary>What orders and separates the datapoints of a test.</summary>
public sealed record ChangeDetectionUpdate
{
    /// <summary>Labels that give a datapoint's time.</summary>
    public IReadOnlyList<string> TimelineLabels { get => field ?? []; init; }

    /// <summary>JavaScript function that computes a datapoint's time from the labels.</summary>
    public string? TimelineFunction { get; init; }

    /// <summary>Labels that form the fingerprint.</summary>
    public IReadOnlyList<string> FingerprintLabels { get => field ?? []; init; }

    /// <summary>JavaScript function that selects fingerprints.</summary>
    public string? FingerprintFilter { get; init; }
}
