using System.Text.Json.Serialization;

namespace Fleet.Metadata.Models;

/// <summary>Whether the server can do its work.</summary>
public sealed record HealthReport
{
    /// <summary><c>healthy</c> or <c>unhealthy</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Version of the package that answers.</summary>
    public required string Version { get; init; }

    /// <summary>Whole seconds since the service was created.</summary>
    [JsonPropertyName("uptime_seconds")]
    public required long UptimeSeconds { get; init; }

    /// <summary>Why the server is unhealthy; null when it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }
}
