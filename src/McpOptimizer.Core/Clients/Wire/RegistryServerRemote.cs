using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire;

/// <summary>A remote of a <see cref="RegistryServerJson"/>.</summary>
internal sealed class RegistryServerRemote
{
    [JsonPropertyName("type")]
    public string? Type { get; set; }

    [JsonPropertyName("url")]
    public string? Url { get; set; }
}
