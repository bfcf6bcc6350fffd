namespace Horreum.Client.Clients.Wire;

/// <summary>Settings of the E-Divisive change detection.</summary>
public sealed record EDivisiveDetectionConfig
{
    /// <summary>Whether the server brings it along.</summary>
    public bool BuiltIn { get; init; }

    /// <summary>Name of the model.</summary>
    public string? Model { get; init; }
}
