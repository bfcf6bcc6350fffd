namespace Horreum.Client.Clients.Wire;

/// <summary>Settings of the relative-difference change detection.</summary>
public sealed record RelativeDifferenceDetectionConfig
{
    /// <summary>Whether the server brings it along.</summary>
    public bool BuiltIn { get; init; }

    /// <summary>Name of the model.</summary>
    public string? Model { get; init; }

    /// <summary>How datapoints of a window are combined: mean, min or max.</summary>
    public string? Filter { get; init; }

    /// <summary>How many of the newest datapoints are compared.</summary>
    public int Window { get; init; }

    /// <summary>Relative difference that counts as a change, for example 0.2.</summary>
    public double Threshold { get; init; }

    /// <summary>How many datapoints must precede.</summary>
    public int MinPrevious { get; init; }
}
