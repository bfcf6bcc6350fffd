using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire;

/// <summary>The file that MCP clients keep their servers in: <c>mcpServers</c> (most clients) or <c>servers</c> (VS Code).</summary>
internal sealed class ServersFile
{
    [JsonPropertyName("mcpServers")]
    public Dictionary<string, ServersFileEntry?>? McpServers { get; set; }

    [JsonPropertyName("servers")]
    public Dictionary<string, ServersFileEntry?>? Servers { get; set; }
}
