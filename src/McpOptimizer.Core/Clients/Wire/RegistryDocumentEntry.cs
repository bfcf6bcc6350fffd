using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire;

/// <summary>One entry of a ToolHive registry map.</summary>
internal sealed class RegistryDocumentEntry
{
    [JsonPropertyName("name")]
    public string? Name { get; set; }

    [JsonPropertyName("description")]
    public string? Description { get; set; }

    [JsonPropertyName("transport")]
    public string? Transport { get; set; }

    [JsonPropertyName("image")]
    public string? Image { get; set; }

    [JsonPropertyName("url")]
    public string? Url { get; set; }

    [JsonPropertyName("tools")]
    public List<string>? Tools { get; set; }

    [JsonPropertyName("tags")]
    public List<string>? Tags { get; set; }
}
