using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hosting.Security;
using McpOptimizer.Server.Cli;
using McpOptimizer.Server.Clients;
using McpOptimizer.Server.Configuration;

namespace McpOptimizer.Server.Running;

/// <summary>An optimizer of the same person that serves the same database: it has every server started already, so it answers at once.</summary>
internal sealed class RunningOptimizer : IDisposable
{
    private const string Version = "2026-07-28";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(15);

    private readonly HttpClient _http;
    private readonly RunningMark _mark;

    private RunningOptimizer(HttpClient http, RunningMark mark)
    {
        _http = http;
        _mark = mark;
    }

    /// <summary>Where it listens.</summary>
    public string Address => _mark.Address;

    /// <summary>Its MCP endpoint.</summary>
    public string McpAddress => _mark.Address + _mark.McpPath;

    /// <summary>The one that serves what these flags name; null when none does.</summary>
    /// <param name="common">The flags.</param>
    /// <param name="why">Given the sentence that says why not, for the person who waits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<RunningOptimizer?> FindAsync(CommonSettings common, Action<string> why, CancellationToken cancellationToken)
    {
        EnvironmentSettings environment = EnvironmentSettings.Read(Environment.GetEnvironmentVariable);
        string database = OptimizerComposition.DatabasePath(common, environment);
        if (RunningMark.Read(RunningMark.PathOf(database)) is not { } mark)
        {
            why("No optimizer runs for this database: its servers are started for this answer. 'serve' keeps them running.");
            return null;
        }

        if ((common.ServersFile is { } file && Path.GetFullPath(file) != mark.ServersFile) || (common.Registry is { } registry && registry != mark.Registry))
        {
            why($"The optimizer that runs at {mark.Address} serves other servers: those of these flags are started for this answer.");
            return null;
        }

        HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = Patience }) { BaseAddress = new Uri(mark.Address), Timeout = LongestCall };
        RunningOptimizer? running = null;
        try
        {
            if (!await IsItAsync(http, mark, cancellationToken))
            {
                why("The optimizer of this database does not answer any more: its servers are started for this answer.");
                return null;
            }

            // Never the one for the other: what does not open a host is taken for credentials of the servers behind it.
            string? token = mark.NeedsToken ? HostToken.Read() : LocalSecret.Find(database + ".secret");
            http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            running = new RunningOptimizer(http, mark);
            return running;
        }
        finally
        {
            if (running is null)
            {
                http.Dispose();
            }
        }
    }

    /// <summary>What a route of <c>/api</c> answers.</summary>
    /// <exception cref="RunningOptimizerException">It refused; the message is its own.</exception>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    /// <summary>Calls one of its tools: one request of the protocol that needs no session.</summary>
    /// <returns>The <c>CallToolResult</c>.</returns>
    /// <exception cref="RunningOptimizerException">It refused; the message is its own.</exception>
    public async Task<JsonElement> CallAsync(string tool, JsonObject arguments, CancellationToken cancellationToken)
    {
        JsonObject message = new()
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = "tools/call",
            ["params"] = new JsonObject
            {
                ["name"] = tool,
                ["arguments"] = arguments,
                ["_meta"] = new JsonObject
                {
                    ["io.modelcontextprotocol/protocolVersion"] = Version,
                    ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = ClientConnection.EntryName, ["version"] = OwnProgram.Version },
                    ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
                },
            },
        };
        using HttpRequestMessage request = new(HttpMethod.Post, _mark.McpPath) { Content = new StringContent(JsonText.Of(message), Encoding.UTF8, "application/json") };
        request.Headers.Add("MCP-Protocol-Version", Version);
        request.Headers.Add("Mcp-Method", "tools/call");
        request.Headers.Add("Mcp-Name", tool);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream;q=0.1");
        using HttpResponseMessage response = await SendAsync(request, cancellationToken);
        JsonElement reply = await ReadAsync(response, cancellationToken);
        return reply.TryGetProperty("result", out JsonElement result) ? result : throw new RunningOptimizerException(Refusal(reply) ?? "The running optimizer gave no result.");
    }

    /// <summary>Calls one of its tools for the structure that it answers.</summary>
    /// <exception cref="ArgumentException">The tool did not accept the arguments; the message is its own.</exception>
    /// <exception cref="RunningOptimizerException">It refused; the message is its own.</exception>
    public async Task<JsonElement> AskAsync(string tool, JsonObject arguments, CancellationToken cancellationToken)
    {
        JsonElement result = await CallAsync(tool, arguments, cancellationToken);
        if (result.TryGetProperty("isError", out JsonElement failed) && failed.ValueKind == JsonValueKind.True)
        {
            throw new ArgumentException(ToolText.Of(result));
        }

        return result.TryGetProperty("structuredContent", out JsonElement structure) ? structure : JsonElement.Parse(ToolText.Of(result), JsonText.Reading);
    }

    public void Dispose() => _http.Dispose();

    // Whoever listens there now may be another program: no secret goes to it.
    private static async Task<bool> IsItAsync(HttpClient http, RunningMark mark, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        string challenge = RunningProof.New();
        try
        {
            return RunningProof.Holds(mark.Key, challenge, await http.GetStringAsync($"{RunningProof.Path}?challenge={challenge}", limit.Token));
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new RunningOptimizerException($"The optimizer at {Address} went away: {e.Message}");
        }
    }

    private async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            throw new RunningOptimizerException($"The optimizer at {Address} wants a token: set Host__BearerToken or Host__BearerTokenFile, or add --stored to look at the database alone.");
        }

        JsonElement body;
        try
        {
            body = JsonElement.Parse(response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? LastEvent(text) : text, JsonText.Reading);
        }
        catch (JsonException)
        {
            throw new RunningOptimizerException($"The optimizer at {Address} answered {(int)response.StatusCode} with something that is not JSON.");
        }

        return response.IsSuccessStatusCode ? body : throw new RunningOptimizerException(Refusal(body) ?? $"The optimizer at {Address} answered {(int)response.StatusCode}.");
    }

    // The answer is the last event; what stands before it is progress.
    private static string LastEvent(string stream) =>
        stream.Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => line[5..].Trim()).LastOrDefault(data => data.Length > 0) ?? "";

    private static string? Refusal(JsonElement body) => body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("error", out JsonElement error) ? null
        : error.ValueKind == JsonValueKind.String ? error.GetString()
        : error.TryGetProperty("message", out JsonElement message) ? message.GetString()
        : null;
}
