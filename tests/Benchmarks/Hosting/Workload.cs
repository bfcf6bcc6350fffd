using System.Net.Http.Headers;
using System.Text;

namespace Benchmarks.Hosting;

/// <summary>One kind of request.</summary>
internal sealed record Workload(string Name, string Path, string? Version, bool Session, string Accept)
{
    private const string Both = "application/json, text/event-stream";
    private const string Json = "application/json";
    private const string PerRequest = "2026-07-28";
    private const string Handshake = "2025-11-25";

    public static Workload[] All =>
    [
        new("2026-07-28, stateless, event stream", "/mcp", PerRequest, false, Both),
        new("2026-07-28, stateless, plain JSON", "/mcp", PerRequest, false, Json),
        new("2025-11-25, session, event stream", "/mcp", Handshake, true, Both),
        new("2025-11-25, session, plain JSON", "/mcp", Handshake, true, Json),
        new("bare JSON route (ceiling)", EchoHost.CeilingPath, null, false, Json),
    ];

    public HttpRequestMessage Request(long id, string? session)
    {
        string meta = Version == PerRequest
            ? ""","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"""
            : "";
        string parameters = $$""" "name":"echo","arguments":{"text":"{{EchoHost.Text}}"}{{meta}} """;
        HttpRequestMessage request = Create($$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/call","params":{ {{parameters}} } }""");
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        if (Version == PerRequest)
        {
            request.Headers.Add("Mcp-Method", "tools/call");
            request.Headers.Add("Mcp-Name", "echo");
        }

        return request;
    }

    public async Task<string?> OpenAsync(HttpClient http, CancellationToken cancellationToken)
    {
        if (!Session)
        {
            return null;
        }

        const string Parameters = """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"load","version":"1"}}""";
        using HttpRequestMessage request = Create($$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{{Parameters}} }""");
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Mcp-Session-Id").Single();
    }

    private HttpRequestMessage Create(string body)
    {
        HttpRequestMessage request = new(HttpMethod.Post, Path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Accept", Accept);
        if (Version is not null)
        {
            request.Headers.Add("MCP-Protocol-Version", Version);
        }

        return request;
    }
}
