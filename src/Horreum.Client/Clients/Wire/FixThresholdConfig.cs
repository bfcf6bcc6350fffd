namespace Horreum.Client.Clients.Wire;

/// <summary>One bound of the fixed-threshold change detection.</summary>
public sealed record FixThresholdConfig
{
    /// <summary>The value.</summary>
    public int Value { get; init; }

    /// <summary>Whether it is switched on.</summary>
    public bool Enabled { get; init; }

    /// <summary>Whether the bound itself is allowed.</summary>
    public bool Inclusive { get; init; }
}
