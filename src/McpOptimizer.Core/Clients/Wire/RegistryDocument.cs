using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire;

/// <summary>A registry file: ToolHive's (maps of containers and remotes) or a page of the MCP registry (a list of <c>server.json</c>).</summary>
internal sealed class RegistryDocument
{
    /// <summary>A map of name → container entry (ToolHive), or a list of servers (MCP registry).</summary>
    [JsonPropertyName("servers")]
    public JsonElement Servers { get; set; }

    [JsonPropertyName("remote_servers")]
    public JsonElement RemoteServers { get; set; }

    /// <summary>ToolHive's REST answer wraps the document.</summary>
    [JsonPropertyName("registry")]
    public JsonElement Registry { get; set; }
}
