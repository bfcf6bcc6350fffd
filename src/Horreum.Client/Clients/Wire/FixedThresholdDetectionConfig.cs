namespace Horreum.Client.Clients.Wire;

/// <summary>Settings of the fixed-threshold change detection.</summary>
public sealed record FixedThresholdDetectionConfig
{
    /// <summary>Whether the server brings it along.</summary>
    public bool BuiltIn { get; init; }

    /// <summary>Name of the model.</summary>
    public string? Model { get; init; }

    /// <summary>Lower bound.</summary>
    public FixThresholdConfig? Min { get; init; }

    /// <summary>Upper bound.</summary>
    public FixThresholdConfig? Max { get; init; }
}
