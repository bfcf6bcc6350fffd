using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace McpOptimizer.PostgreSql.Tests.Replicas;

/// <summary>A client of the per-request era (2026-07-28): each call is one request, and nothing connects it with another.</summary>
internal sealed class SessionlessClient(Uri address) : IDisposable
{
    private const string Version = "2026-07-28";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Calls a tool.</summary>
    /// <exception cref="HttpRequestException">The answer is no answer of MCP.</exception>
    public async Task<JsonNode> CallAsync(string tool, object arguments, CancellationToken cancellationToken = default)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(address, "/mcp"));
        request.Headers.Add("MCP-Protocol-Version", Version);
        request.Headers.Add("Mcp-Method", "tools/call");
        request.Headers.Add("Mcp-Name", tool);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Content = JsonContent.Create(new
        {
            jsonrpc = "2.0",
            id = 1,
            method = "tools/call",
            @params = new Dictionary<string, object>
            {
                ["name"] = tool,
                ["arguments"] = arguments,
                ["_meta"] = new Dictionary<string, object>
                {
                    ["io.modelcontextprotocol/protocolVersion"] = Version,
                    ["io.modelcontextprotocol/clientInfo"] = new { name = "test", version = "1" },
                    ["io.modelcontextprotocol/clientCapabilities"] = new { },
                },
            },
        });
        using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        string? json = text.StartsWith('{') ? text : text.Split('\n').LastOrDefault(line => line.StartsWith("data: {", StringComparison.Ordinal))?["data: ".Length..];
        return (json is null ? null : JsonNode.Parse(json)!["result"]) ?? throw new HttpRequestException($"{(int)response.StatusCode}: {text}", null, response.StatusCode);
    }

    public async Task<string> ReadyAsync() => await (await _http.GetAsync(new Uri(address, "/ready"))).Content.ReadAsStringAsync();

    public void Dispose() => _http.Dispose();
}
