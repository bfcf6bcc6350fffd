using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Shared.OAuth;

namespace Shared.Backends;

/// <summary>A loopback MCP server over streamable HTTP (<c>/mcp</c>) and SSE (<c>/sse</c>), with faults to switch on and a journal to look into.</summary>
public sealed class StubHttpBackend : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Channel<JsonObject>> _sessions = new();
    private readonly WebApplication _app;

    private StubHttpBackend(WebApplication app) => _app = app;

    /// <summary>What it does with messages.</summary>
    public StubServer Server { get; } = new();

    /// <summary>Requests: method, path, and for each whether it was refused.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Headers of the last request that carried a message.</summary>
    public IReadOnlyDictionary<string, string> LastHeaders { get; private set; } = new Dictionary<string, string>();

    /// <summary>For each message within a session: the session and the Authorization header.</summary>
    public ConcurrentQueue<(string Session, string? Authorization)> Credentials { get; } = new();

    /// <summary>Streamable HTTP address.</summary>
    public Uri Url => new(Address, "/mcp");

    /// <summary>SSE address.</summary>
    public Uri SseUrl => new(Address, "/sse");

    /// <summary>Root address.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Sessions opened so far.</summary>
    public int SessionsOpened { get; private set; }

    /// <summary>Answers every request with this status when set.</summary>
    public int? Status { get; set; }

    /// <summary>Value of Retry-After that goes with <see cref="Status"/>.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>Answers POST to <c>/mcp</c> with a redirect (307 unless set otherwise) to here when set.</summary>
    public string? RedirectTo { get; set; }

    /// <summary>Status of the redirect.</summary>
    public int RedirectStatus { get; set; } = 307;

    /// <summary>Whether an unknown session is answered with 400 as some servers do, and not 404.</summary>
    public bool UnknownSessionIs400 { get; set; }

    /// <summary>Whether bodies of POSTs to the SSE transport are cut off.</summary>
    public bool CutsPostBodies { get; set; }

    /// <summary>Whether the connection is dropped in the middle of the next answer to a call.</summary>
    public bool DropsNextAnswer { get; set; }

    /// <summary>Bytes of rubbish put into one event of the next answer; for oversized events.</summary>
    public int RubbishBytes { get; set; }

    /// <summary>Answers a posted message in place of the server; true when it did. Null for no oddity.</summary>
    public Func<JsonObject, HttpContext, Task<bool>>? Odd { get; set; }

    /// <summary>Where the SSE transport says that messages go; null for the right place.</summary>
    public string? AnnouncedEndpoint { get; set; }

    /// <summary>Whether the SSE transport says so with an absolute address.</summary>
    public bool AnnouncesFullAddress { get; set; }

    /// <summary>Whose tokens open <c>/mcp</c>; null for no token at all.</summary>
    public FakeAuthorizationServer? Authority { get; set; }

    /// <summary>The scope that calls want a token to have; null for none.</summary>
    public string? WantedScope { get; set; }

    /// <summary>What it names as its authorization server; null for the true one.</summary>
    public Uri? AuthorityAddress { get; set; }

    /// <summary>Where it says that its metadata is; null for the true place.</summary>
    public Uri? MetadataAddress { get; set; }

    /// <summary>Starts one on a free port.</summary>
    public static async Task<StubHttpBackend> StartAsync(int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        WebApplication app = builder.Build();
        StubHttpBackend backend = new(app);
        app.Run(backend.HandleAsync);
        await app.StartAsync();
        backend.Address = new Uri(app.Urls.First());
        return backend;
    }

    /// <summary>Forgets all sessions, as after a restart.</summary>
    public void ForgetSessions()
    {
        foreach (string id in _sessions.Keys)
        {
            if (_sessions.TryRemove(id, out Channel<JsonObject>? channel))
            {
                channel.Writer.TryComplete();
            }
        }
    }

    /// <summary>Sends a notification to every session.</summary>
    public void Notify(JsonObject message)
    {
        foreach (Channel<JsonObject> session in _sessions.Values)
        {
            session.Writer.TryWrite((JsonObject)message.DeepClone());
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        ForgetSessions();
        using CancellationTokenSource now = new();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        HttpRequest request = http.Request;
        Requests.Enqueue($"{request.Method} {request.Path}");
        if (Status is { } status)
        {
            http.Response.StatusCode = status;
            http.Response.Headers.RetryAfter = RetryAfter;
            await http.Response.WriteAsync("<html>not today</html>");
            return;
        }

        if (Authority is { } authority && request.Path.StartsWithSegments("/.well-known/oauth-protected-resource"))
        {
            await http.Response.WriteAsJsonAsync(new JsonObject { ["resource"] = Url.ToString(), ["authorization_servers"] = new JsonArray((AuthorityAddress ?? authority.Address).ToString().TrimEnd('/')) });
            return;
        }

        if (Authority?.Accepts(request.Headers.Authorization.ToString()) == false)
        {
            http.Response.StatusCode = 401;
            http.Response.Headers.WWWAuthenticate = $"Bearer resource_metadata=\"{MetadataAddress ?? new Uri(Address, "/.well-known/oauth-protected-resource/mcp")}\"";
            return;
        }

        if (RedirectTo is { } target && request.Path == "/mcp" && request.Method == "POST")
        {
            http.Response.StatusCode = RedirectStatus;
            http.Response.Headers.Location = target;
            return;
        }

        switch (request.Method, request.Path.Value)
        {
            case ("POST", "/mcp" or "/moved"):
                await PostAsync(http);
                break;
            case ("GET", "/mcp"):
                await StreamAsync(http, request.Headers["Mcp-Session-Id"].ToString(), announce: null);
                break;
            case ("DELETE", "/mcp"):
                _sessions.TryRemove(request.Headers["Mcp-Session-Id"].ToString(), out _);
                break;
            case ("GET", "/sse"):
                string id = OpenSession();
                await StreamAsync(http, id, announce: AnnouncedEndpoint ?? $"{(AnnouncesFullAddress ? Address.ToString().TrimEnd('/') : "")}/messages?session={id}");
                break;
            case ("POST", "/messages"):
                await PostSseAsync(http);
                break;
            default:
                http.Response.StatusCode = 404;
                break;
        }
    }

    private string OpenSession()
    {
        string id = Guid.NewGuid().ToString("N");
        _sessions[id] = Channel.CreateUnbounded<JsonObject>();
        SessionsOpened++;
        return id;
    }

    private async Task PostAsync(HttpContext http)
    {
        JsonObject message = (await JsonNode.ParseAsync(http.Request.Body, documentOptions: new JsonDocumentOptions { MaxDepth = 1_000 }, cancellationToken: http.RequestAborted))!.AsObject();
        LastHeaders = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        if (LastHeaders.TryGetValue("Mcp-Session-Id", out string? session))
        {
            Credentials.Enqueue((session, LastHeaders.GetValueOrDefault("Authorization")));
        }

        if (Odd is { } odd && await odd(message, http))
        {
            return;
        }

        string method = message["method"]?.GetValue<string>() ?? "";
        if (method == "tools/call" && WantedScope is { } scope && Authority?.ScopesOf(http.Request.Headers.Authorization.ToString()).Contains(scope) == false)
        {
            http.Response.StatusCode = 403;
            http.Response.Headers.WWWAuthenticate =
                $"Bearer error=\"insufficient_scope\", scope=\"{scope}\", resource_metadata=\"{new Uri(Address, "/.well-known/oauth-protected-resource/mcp")}\"";
            return;
        }

        if (method == "initialize")
        {
            http.Response.Headers["Mcp-Session-Id"] = OpenSession();
            http.Response.Headers.Append("Set-Cookie", "sticky=yes; Path=/");
        }
        else if (method == "server/discover")
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsJsonAsync(StubServer.Error(message["id"], -32600, "Bad Request"));
            return;
        }
        else if (!_sessions.ContainsKey(http.Request.Headers["Mcp-Session-Id"].ToString()))
        {
            http.Response.StatusCode = UnknownSessionIs400 ? 400 : 404;
            await http.Response.WriteAsJsonAsync(StubServer.Error(message["id"], -32000, "Bad Request: No valid session ID provided"));
            return;
        }

        if (message["id"] is null || message["method"] is null)
        {
            await Server.HandleAsync(message, _ => Task.CompletedTask, CancellationToken.None);
            http.Response.StatusCode = 202;
            return;
        }

        SemaphoreSlim writing = new(1, 1);
        await Server.HandleAsync(message, reply => SendAsync(http, reply, writing), CancellationToken.None);
        if (!http.Response.HasStarted && Server.IsSilent)
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task SendAsync(HttpContext http, JsonObject reply, SemaphoreSlim writing)
    {
        await writing.WaitAsync();
        try
        {
            if (!http.Response.HasStarted)
            {
                http.Response.ContentType = "text/event-stream";
                await http.Response.StartAsync();
            }

            if (DropsNextAnswer && reply["result"]?["content"] is not null)
            {
                DropsNextAnswer = false;
                await http.Response.WriteAsync("event: message\ndata: {\"jsonrpc\":");
                await http.Response.Body.FlushAsync();
                http.Abort();
                return;
            }

            if (RubbishBytes > 0)
            {
                await http.Response.WriteAsync(": " + new string('y', RubbishBytes) + "\n\n");
                RubbishBytes = 0;
            }

            await http.Response.WriteAsync($"event: message\ndata: {reply.ToJsonString()}\n\n");
            await http.Response.Body.FlushAsync();
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task PostSseAsync(HttpContext http)
    {
        if (!_sessions.TryGetValue(http.Request.Query["session"].ToString(), out Channel<JsonObject>? session))
        {
            http.Response.StatusCode = 404;
            return;
        }

        JsonObject message = (await JsonNode.ParseAsync(http.Request.Body, documentOptions: new JsonDocumentOptions { MaxDepth = 1_000 }, cancellationToken: http.RequestAborted))!.AsObject();
        _ = Task.Run(() => Server.HandleAsync(message, reply =>
        {
            session.Writer.TryWrite(reply);
            return Task.CompletedTask;
        }));
        http.Response.StatusCode = 202;
        if (CutsPostBodies)
        {
            http.Response.ContentLength = 1_000;
            await http.Response.WriteAsync("Accepted");
            await http.Response.Body.FlushAsync();

            // An abort overtakes what was written: give it time to arrive.
            await Task.Delay(100);
            http.Abort();
            return;
        }

        await http.Response.WriteAsync("Accepted");
    }

    private async Task StreamAsync(HttpContext http, string id, string? announce)
    {
        if (!_sessions.TryGetValue(id, out Channel<JsonObject>? session))
        {
            http.Response.StatusCode = 404;
            return;
        }

        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        await http.Response.StartAsync();
        if (announce is not null)
        {
            await http.Response.WriteAsync($"event: endpoint\ndata: {announce}\n\n");
        }

        await http.Response.Body.FlushAsync();
        Requests.Enqueue("STREAM OPEN");
        try
        {
            await foreach (JsonObject message in session.Reader.ReadAllAsync(http.RequestAborted))
            {
                await http.Response.WriteAsync($"event: message\ndata: {message.ToJsonString()}\n\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The client went away.
        }
    }
}
