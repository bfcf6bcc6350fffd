using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Shared.OAuth;

/// <summary>
/// A small real OpenID Connect issuer on loopback: discovery, published keys, tokens. Everything it says can be bent, since what matters is what a host makes of it.
/// </summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _requests = new();

    private TestIssuer(WebApplication app) => _app = app;

    /// <summary>Root, and what it calls itself, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Keys that it publishes.</summary>
    public ConcurrentDictionary<string, IssuerKey> Keys { get; } = new();

    /// <summary>Further entries of its key set, as they are.</summary>
    public ConcurrentBag<JsonObject> OtherKeys { get; } = [];

    /// <summary>What its discovery document says it is; null for <see cref="Address"/>.</summary>
    public string? CallsItself { get; set; }

    /// <summary>Whether it answers 503 to everything.</summary>
    public bool IsDown { get; set; }

    /// <summary>Paths that were asked for.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Starts one on a free port.</summary>
    public static async Task<TestIssuer> StartAsync(params IssuerKey[] keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        TestIssuer issuer = new(app);
        foreach (IssuerKey key in keys)
        {
            issuer.Keys[key.Id] = key;
        }

        app.Run(issuer.AnswerAsync);
        await app.StartAsync();
        issuer.Address = app.Urls.First();
        return issuer;
    }

    /// <summary>A token for <c>anna</c> and the audience <c>mcp</c>, good for five minutes, bent as a test wants it.</summary>
    /// <param name="key">Signs it.</param>
    /// <param name="claims">Changes its claims.</param>
    /// <param name="header">Changes its header.</param>
    public string Token(IssuerKey key, Action<JsonObject>? claims = null, Action<JsonObject>? header = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        string text = WithoutSignature(key, claims, header);
        return $"{text}.{WebEncoders.Base64UrlEncode(key.Sign(text))}";
    }

    /// <summary>The same without the last dot and the signature.</summary>
    public string WithoutSignature(IssuerKey key, Action<JsonObject>? claims = null, Action<JsonObject>? header = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        JsonObject head = new() { ["alg"] = key.Algorithm, ["typ"] = "at+jwt", ["kid"] = key.Id };
        header?.Invoke(head);
        JsonObject body = new() { ["iss"] = Address, ["aud"] = "mcp", ["sub"] = "anna", ["iat"] = Seconds(-600), ["nbf"] = Seconds(-600), ["exp"] = Seconds(300) };
        claims?.Invoke(body);
        return $"{Encode(head)}.{Encode(body)}";
    }

    /// <summary>A time as tokens write it.</summary>
    /// <param name="fromNow">Seconds from now.</param>
    public static long Seconds(int fromNow) => DateTimeOffset.UtcNow.ToUnixTimeSeconds() + fromNow;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Encode(JsonObject part) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private Task AnswerAsync(HttpContext http)
    {
        string path = http.Request.Path.Value ?? "";
        _requests.Enqueue(path);
        http.Response.StatusCode = IsDown ? 503 : 200;
        return (IsDown, path) switch
        {
            (false, "/.well-known/openid-configuration") => http.Response.WriteAsJsonAsync(new JsonObject { ["issuer"] = CallsItself ?? Address, ["jwks_uri"] = Address + "/keys" }),
            (false, "/keys") => http.Response.WriteAsJsonAsync(new JsonObject
            {
                ["keys"] = new JsonArray([.. Keys.Values.Select(key => (JsonNode)key.Published()), .. OtherKeys.Select(key => key.DeepClone())]),
            }),
            (false, _) => NotFoundAsync(http),
            _ => Task.CompletedTask,
        };
    }

    private static Task NotFoundAsync(HttpContext http)
    {
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
