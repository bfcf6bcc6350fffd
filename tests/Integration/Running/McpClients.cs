using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared.Testing;

namespace Integration.Running;

/// <summary>Real MCP clients, and short ways to ask.</summary>
public static class McpClients
{
    public static Task<McpClient> ConnectAsync(Uri server, string path = "/mcp", string? version = null, string? authorization = null) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(server, path),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = authorization is null ? null : new Dictionary<string, string> { ["Authorization"] = authorization },
        }),
        new McpClientOptions { ProtocolVersion = version });

    /// <summary>Starts the optimizer over stdio.</summary>
    public static Task<McpClient> StartAsync(string version, params string[] arguments) => StartAsync(version, new Dictionary<string, string>(), arguments);

    /// <summary>The same with further environment variables.</summary>
    public static Task<McpClient> StartAsync(string version, IReadOnlyDictionary<string, string> environment, params string[] arguments) => McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = "optimizer",
            Command = "dotnet",
            Arguments = [Programs.Optimizer, "--stdio", .. arguments],
            EnvironmentVariables = environment.ToDictionary(variable => variable.Key, variable => (string?)variable.Value),
        }),
        new McpClientOptions { ProtocolVersion = version, InitializationTimeout = TimeSpan.FromSeconds(90), DiscoverProbeTimeout = TimeSpan.FromSeconds(90) });

    public static async Task<string[]> FindAsync(this McpClient client, string need)
    {
        CallToolResult result = await client.CallToolAsync("find_tool", new Dictionary<string, object?> { ["tool_description"] = need });
        return [.. result.StructuredContent!.Value.GetProperty("tools").EnumerateArray().Select(tool => $"{tool.GetProperty("mcp_server_name")}/{tool.GetProperty("name")}")];
    }

    public static async Task<CallToolResult> CallAsync(this McpClient client, string server, string tool, object? parameters = null) =>
        await client.CallToolAsync("call_tool", new Dictionary<string, object?> { ["server_name"] = server, ["tool_name"] = tool, ["parameters"] = parameters ?? new Dictionary<string, object?>() });

    public static string Text(this CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    public static async Task<int> CountToolsAsync(this McpClient client)
    {
        CallToolResult result = await client.CallToolAsync("list_tools");
        return result.StructuredContent!.Value.GetProperty("result").GetArrayLength();
    }

    public static async Task WaitForToolsAsync(this McpClient client, int atLeast) =>
        await Eventually.IsAsync(async () => await client.CountToolsAsync() >= atLeast, $"{atLeast} tools");

    public static JsonElement Json(this CallToolResult result) => result.StructuredContent!.Value;
}
