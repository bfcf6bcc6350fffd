using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire;

/// <summary>A package of a <see cref="RegistryServerJson"/>; only container images (<c>oci</c>) can be matched.</summary>
internal sealed class RegistryServerPackage
{
    [JsonPropertyName("registryType")]
    public string? RegistryType { get; set; }

    [JsonPropertyName("identifier")]
    public string? Identifier { get; set; }

    [JsonPropertyName("version")]
    public string? Version { get; set; }
}
