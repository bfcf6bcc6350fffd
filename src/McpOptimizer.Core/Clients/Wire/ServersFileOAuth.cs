using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire;

/// <summary>Member <c>oauth</c> of a <see cref="ServersFileEntry"/>.</summary>
internal sealed class ServersFileOAuth
{
    [JsonPropertyName("clientId")]
    public string? ClientId { get; set; }

    [JsonPropertyName("clientSecret")]
    public string? ClientSecret { get; set; }

    [JsonPropertyName("clientMetadataUrl")]
    public string? ClientMetadataUrl { get; set; }

    [JsonPropertyName("scopes")]
    public List<string>? Scopes { get; set; }

    [JsonPropertyName("redirectPort")]
    public int? RedirectPort { get; set; }
}
