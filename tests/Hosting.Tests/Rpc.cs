using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Hosting.Tests;

/// <summary>Bare HTTP requests, for what no well-behaved client sends.</summary>
internal static class Rpc
{
    public const string BothTypes = "application/json, text/event-stream";

    public static string Request(string method, string parameters, string id = "7") =>
        $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{ {{parameters}} } }""";

    public static string Initialize(string capabilities = "{}") => Request(
        "initialize", $$""" "protocolVersion":"2025-11-25","clientInfo":{"name":"raw","version":"1"},"capabilities":{{capabilities}} """);

    public static string Call(string tool, string arguments = "{}", string meta = "") =>
        Request("tools/call", $"\"name\":\"{tool}\",\"arguments\":{arguments}{(meta.Length > 0 ? "," : "")}{meta}");

    /// <summary>The metadata of a per-request body.</summary>
    public const string Meta =
        """ "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}} """;

    public static HttpRequestMessage Post(
        string body, string accept = BothTypes, string? session = null, string? version = null, string path = "/mcp", string? token = null)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return request.With(accept, session, version, token);
    }

    /// <summary>A tool call of the per-request era, with the headers it needs.</summary>
    public static HttpRequestMessage PostCall(string tool, string arguments = "{}", string accept = BothTypes, string meta = Meta)
    {
        HttpRequestMessage request = Post(Call(tool, arguments, meta), accept, version: TestHost.PerRequest);
        request.Headers.Add("Mcp-Method", "tools/call");
        request.Headers.Add("Mcp-Name", tool);
        return request;
    }

    public static HttpRequestMessage Get(string session, string accept = "text/event-stream", string? version = null, string? token = null) =>
        new HttpRequestMessage(HttpMethod.Get, "/mcp").With(accept, session, version, token);

    public static HttpRequestMessage Delete(string session, string? token = null, string path = "/mcp") =>
        new HttpRequestMessage(HttpMethod.Delete, path).With(BothTypes, session, null, token);

    /// <summary>Opens a session and returns its id.</summary>
    public static async Task<string> OpenAsync(this HttpClient http, string path = "/mcp", string? token = null)
    {
        using HttpRequestMessage request = Post(Initialize(), path: path, token: token);
        using HttpResponseMessage response = await http.SendAsync(request);
        response.IsSuccessStatusCode.Should().BeTrue(await response.Content.ReadAsStringAsync());
        string session = response.Headers.GetValues("Mcp-Session-Id").Single();
        using HttpRequestMessage initialized = Post("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", session: session, path: path, token: token);
        using HttpResponseMessage accepted = await http.SendAsync(initialized);
        ((int)accepted.StatusCode).Should().Be(202);
        return session;
    }

    /// <summary>The JSON-RPC answer, whether it is the whole body or the last event of a stream.</summary>
    public static async Task<JsonNode> AnswerAsync(this HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            body = body.Split('\n').Last(line => line.StartsWith("data: {", StringComparison.Ordinal))["data: ".Length..];
        }

        return JsonNode.Parse(body)!;
    }

    public static async Task<int> ErrorCodeAsync(this HttpResponseMessage response) => (await response.AnswerAsync())["error"]!["code"]!.GetValue<int>();

    public static async Task<string> TextAsync(this HttpResponseMessage response) =>
        (await response.AnswerAsync())["result"]!["content"]![0]!["text"]!.GetValue<string>();

    private static HttpRequestMessage With(this HttpRequestMessage request, string accept, string? session, string? version, string? token)
    {
        if (accept.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        if (version is not null)
        {
            request.Headers.Add("MCP-Protocol-Version", version);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }
}
