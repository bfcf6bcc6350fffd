using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Shared.OAuth;

/// <summary>A loopback OAuth 2.1 authorization server: metadata, registration, code with PKCE, refresh with rotation. Everybody is let in at once, unless it denies.</summary>
public sealed class FakeAuthorizationServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _clients = new();
    private readonly ConcurrentDictionary<string, (string Challenge, string RedirectUri, string Client, string Scope)> _codes = new();
    private readonly ConcurrentDictionary<string, (string Client, string Scope)> _refreshTokens = new();
    private readonly ConcurrentDictionary<string, string> _accessTokens = new();
    private int _next;

    private FakeAuthorizationServer(WebApplication app) => _app = app;

    /// <summary>Issuer and root.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Clients registered so far.</summary>
    public int Registrations { get; private set; }

    /// <summary>Tokens given for a refresh token so far.</summary>
    public int Refreshes { get; private set; }

    /// <summary>Whether a client may name itself by the address of its metadata document.</summary>
    public bool TakesClientDocuments { get; set; }

    /// <summary>Whether the person says no.</summary>
    public bool Denies { get; set; }

    /// <summary>What the token response says about the lifetime, in seconds.</summary>
    public int ExpiresIn { get; set; } = 3600;

    /// <summary>Makes an access token for a scope; null for random ones that only this server knows.</summary>
    public Func<string, string>? MakeAccessToken { get; set; }

    /// <summary>Where the keys of <see cref="MakeAccessToken"/> are published; null for nowhere.</summary>
    public string? KeysAddress { get; set; }

    /// <summary>Every secret it ever gave out.</summary>
    public ConcurrentBag<string> Secrets { get; } = [];

    /// <summary>Starts one on a free port.</summary>
    public static async Task<FakeAuthorizationServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        FakeAuthorizationServer server = new(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        server.Address = new Uri(app.Urls.First());
        return server;
    }

    /// <summary>Adds a client as an administrator would.</summary>
    public void Register(string client, string secret) => _clients[client] = secret;

    /// <summary>Whether a header opens the resource.</summary>
    public bool Accepts(string? authorization) => authorization?.StartsWith("Bearer ", StringComparison.Ordinal) == true && _accessTokens.ContainsKey(authorization[7..]);

    /// <summary>The scopes that a header's token opens.</summary>
    public IReadOnlyList<string> ScopesOf(string authorization) => _accessTokens.TryGetValue(authorization[7..], out string? scope) ? scope.Split(' ') : [];

    /// <summary>No access token given so far is good any more.</summary>
    public void ExpireAccessTokens() => _accessTokens.Clear();

    /// <summary>No refresh token given so far is good any more.</summary>
    public void RevokeRefreshTokens() => _refreshTokens.Clear();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task HandleAsync(HttpContext http) => (http.Request.Method, http.Request.Path.Value) switch
    {
        ("GET", "/.well-known/oauth-authorization-server" or "/.well-known/openid-configuration") => http.Response.WriteAsJsonAsync(Metadata()),
        ("POST", "/register") => RegisterAsync(http),
        ("GET", "/authorize") => AuthorizeAsync(http),
        ("POST", "/token") => TokenAsync(http),
        _ => RefuseAsync(http, 404, "not_found"),
    };

    private JsonObject Metadata()
    {
        string root = Address.ToString().TrimEnd('/');
        JsonObject metadata = new()
        {
            ["issuer"] = root,
            ["authorization_endpoint"] = root + "/authorize",
            ["token_endpoint"] = root + "/token",
            ["registration_endpoint"] = root + "/register",
            ["response_types_supported"] = new JsonArray("code"),
            ["grant_types_supported"] = new JsonArray("authorization_code", "refresh_token"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post", "none"),
            ["client_id_metadata_document_supported"] = TakesClientDocuments,
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["authorization_response_iss_parameter_supported"] = true,
        };
        if (KeysAddress is not null)
        {
            metadata["jwks_uri"] = KeysAddress;
        }

        return metadata;
    }

    private async Task RegisterAsync(HttpContext http)
    {
        JsonObject wanted = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        Registrations++;
        string client = $"client-{Interlocked.Increment(ref _next)}";
        _clients[client] = NewSecret();
        http.Response.StatusCode = 201;
        await http.Response.WriteAsJsonAsync(new JsonObject
        {
            ["client_id"] = client,
            ["client_secret"] = _clients[client],
            ["redirect_uris"] = wanted["redirect_uris"]?.DeepClone(),
            ["token_endpoint_auth_method"] = "client_secret_post",
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["response_types"] = new JsonArray("code"),
        });
    }

    private Task AuthorizeAsync(HttpContext http)
    {
        IQueryCollection query = http.Request.Query;
        if (TakesClientDocuments && query["client_id"].ToString().StartsWith("https://", StringComparison.Ordinal))
        {
            _clients[query["client_id"].ToString()] = "";
        }

        if (!_clients.ContainsKey(query["client_id"].ToString()) || query["code_challenge_method"] != "S256" || query["response_type"] != "code")
        {
            return RefuseAsync(http, 400, "invalid_request");
        }

        Dictionary<string, string?> answer = new() { ["state"] = query["state"], ["iss"] = Address.ToString().TrimEnd('/') };
        if (Denies)
        {
            answer["error"] = "access_denied";
        }
        else
        {
            string code = answer["code"] = NewSecret();
            _codes[code] = (query["code_challenge"].ToString(), query["redirect_uri"].ToString(), query["client_id"].ToString(), query["scope"].ToString());
        }

        http.Response.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), answer));
        return Task.CompletedTask;
    }

    private async Task TokenAsync(HttpContext http)
    {
        IFormCollection form = await http.Request.ReadFormAsync();
        string client = form["client_id"].ToString();
        if (!_clients.TryGetValue(client, out string? secret) || form["client_secret"].ToString() != secret)
        {
            await RefuseAsync(http, 401, "invalid_client");
            return;
        }

        string scope = "";
        bool granted = false;
        if (form["grant_type"] == "authorization_code" && _codes.TryRemove(form["code"].ToString(), out (string Challenge, string RedirectUri, string Client, string Scope) code))
        {
            granted = code.Client == client
                && code.RedirectUri == form["redirect_uri"]
                && code.Challenge == WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
            scope = code.Scope;
        }
        else if (form["grant_type"] == "refresh_token" && _refreshTokens.TryRemove(form["refresh_token"].ToString(), out (string Client, string Scope) owner))
        {
            (granted, scope) = (owner.Client == client, owner.Scope);
        }

        if (!granted)
        {
            await RefuseAsync(http, 400, "invalid_grant");
            return;
        }

        Refreshes += form["grant_type"] == "refresh_token" ? 1 : 0;
        string access = MakeAccessToken?.Invoke(scope) ?? NewSecret();
        string refresh = NewSecret();
        _accessTokens[access] = scope;
        _refreshTokens[refresh] = (client, scope);
        await http.Response.WriteAsJsonAsync(new JsonObject { ["access_token"] = access, ["refresh_token"] = refresh, ["token_type"] = "Bearer", ["expires_in"] = ExpiresIn, ["scope"] = scope });
    }

    private static Task RefuseAsync(HttpContext http, int status, string error)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new JsonObject { ["error"] = error });
    }

    private string NewSecret()
    {
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Secrets.Add(secret);
        return secret;
    }
}
