namespace ToolHive.Client.Models.System;

/// <summary>Whether ToolHive can work.</summary>
public sealed record HealthStatus
{
    /// <summary>True when its container runtime answers.</summary>
    public bool IsHealthy { get; init; }

    /// <summary>Identifies the ToolHive process.</summary>
    public string? Nonce { get; init; }

    /// <summary>Why it cannot work.</summary>
    public string? Message { get; init; }
}
