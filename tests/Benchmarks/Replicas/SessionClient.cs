using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Benchmarks.Replicas;

/// <summary>A client of the initialize era: opens a session, and another one when it is told that the first is not known any more.</summary>
internal sealed class SessionClient(Uri address, byte number) : IDisposable
{
    private const string Version = "2025-11-25";

    private readonly HttpClient _http = new(From(new IPAddress([127, 0, 1, number]))) { Timeout = TimeSpan.FromSeconds(20) };
    private string? _session;

    /// <summary>How often a session was opened.</summary>
    public int Opened { get; private set; }

    public async Task<JsonNode> CallAsync(string tool, object arguments, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            _session ??= await OpenAsync(cancellationToken);
            using HttpResponseMessage response = await SendAsync(
                JsonSerializer.Serialize(new { jsonrpc = "2.0", id = 2, method = "tools/call", @params = new { name = tool, arguments } }), _session, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound && attempt < 3)
            {
                // What the protocol says: the session is over, open a new one.
                _session = null;
                continue;
            }

            string text = await response.Content.ReadAsStringAsync(cancellationToken);
            return JsonOf(text)?["result"] ?? throw new HttpRequestException($"{(int)response.StatusCode}: {text}", null, response.StatusCode);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> OpenAsync(CancellationToken cancellationToken)
    {
        const string hello = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""";
        using HttpResponseMessage response = await SendAsync(hello, null, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{(int)response.StatusCode}", null, response.StatusCode);
        }

        string session = response.Headers.GetValues("Mcp-Session-Id").Single();
        using HttpResponseMessage done = await SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", session, cancellationToken);
        Opened++;
        return session;
    }

    private async Task<HttpResponseMessage> SendAsync(string json, string? session, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(address, "/mcp")) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");

        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
            request.Headers.Add("MCP-Protocol-Version", Version);
        }

        return await _http.SendAsync(request, cancellationToken);
    }

    // The proxy tells clients apart by their addresses: each has one of its own on this machine.
    private static SocketsHttpHandler From(IPAddress own) => new()
    {
        ConnectCallback = async (context, token) =>
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(own, 0));
                await socket.ConnectAsync(context.DnsEndPoint, token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    private static JsonNode? JsonOf(string text)
    {
        string? json = text.StartsWith('{') ? text : text.Split('\n').LastOrDefault(line => line.StartsWith("data: {", StringComparison.Ordinal))?["data: ".Length..];
        return json is null ? null : JsonNode.Parse(json);
    }
}
