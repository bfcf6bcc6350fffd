using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire;

/// <summary>One <c>server.json</c> of the MCP registry, as far as matching and searching need it.</summary>
internal sealed class RegistryServerJson
{
    /// <summary>Pages of the registry wrap each document.</summary>
    [JsonPropertyName("server")]
    public RegistryServerJson? Server { get; set; }

    [JsonPropertyName("name")]
    public string? Name { get; set; }

    [JsonPropertyName("description")]
    public string? Description { get; set; }

    [JsonPropertyName("packages")]
    public List<RegistryServerPackage?>? Packages { get; set; }

    [JsonPropertyName("remotes")]
    public List<RegistryServerRemote?>? Remotes { get; set; }
}
