using System.Net;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using ModelContextProtocol.Authentication;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>What the SDK's OAuth client is given, with and without a person at hand.</summary>
internal static class OAuthSetup
{
    private static readonly Uri NoRedirect = new("http://127.0.0.1/callback");

    /// <summary>For a server: stored tokens, refreshed when they expire. Nobody can be asked.</summary>
    /// <exception cref="BackendException">There are no tokens yet. Said before anything is sent: a client would be registered anew at each try.</exception>
    public static ClientOAuthOptions Unattended(BackendEndpoint endpoint, IOAuthTokens tokens) => tokens.Read() is null
        ? throw NeedsLogin(endpoint, "wants an OAuth login and no token is stored")
        : Create(endpoint, NoRedirect, tokens, tokens, (context, _) => throw NeedsLogin(endpoint, Missing(context, tokens)));

    /// <summary>For a login.</summary>
    /// <param name="endpoint">The backend.</param>
    /// <param name="redirect">Where the browser is sent back to.</param>
    /// <param name="brought">Takes the tokens.</param>
    /// <param name="stored">Knows the scopes to ask for besides those that the server names now.</param>
    /// <param name="authorize">Shows the address and waits for the browser.</param>
    public static ClientOAuthOptions Attended(
        BackendEndpoint endpoint,
        Uri redirect,
        ITokenCache brought,
        IOAuthTokens stored,
        Func<AuthorizationCallbackContext, CancellationToken, Task<AuthorizationResult>> authorize) =>
        Create(endpoint, redirect, brought, stored, async (context, token) =>
        {
            stored.AddScopes(ScopesOf(context));
            return await authorize(context, token).ConfigureAwait(false);
        });

    /// <summary>The failure that only a person can mend.</summary>
    public static BackendException NeedsLogin(BackendEndpoint endpoint, string why) =>
        new(endpoint.ServerName, BackendFailure.Unauthorized, $"Server '{endpoint.ServerName}' {why}. Run the command: login {endpoint.ServerName}");

    // A step up: the token is good and opens too little.
    private static string Missing(AuthorizationCallbackContext context, IOAuthTokens tokens)
    {
        string[] wanted = ScopesOf(context);
        if (BackendRequest.Current?.HttpAnswer?.Status != HttpStatusCode.Forbidden || wanted.Length == 0)
        {
            return "does not accept the stored token any more";
        }

        tokens.AddScopes(wanted);
        string[] missing = [.. wanted.Except((tokens.Read()?.Scope ?? "").Split(' '), StringComparer.Ordinal)];
        return $"wants more than the stored token allows: {VisibleText.Shorten(string.Join(' ', missing.Length > 0 ? missing : wanted))}. The next login asks for it";
    }

    private static string[] ScopesOf(AuthorizationCallbackContext context)
    {
        const string parameter = "scope=";
        string? pair = context.AuthorizationUri.Query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith(parameter, StringComparison.Ordinal));
        return pair is null ? [] : Uri.UnescapeDataString(pair[parameter.Length..].Replace('+', ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static ClientOAuthOptions Create(
        BackendEndpoint endpoint,
        Uri redirect,
        ITokenCache tokens,
        IOAuthTokens stored,
        Func<AuthorizationCallbackContext, CancellationToken, Task<AuthorizationResult>> authorize) => new()
        {
            RedirectUri = redirect,
            ClientId = endpoint.OAuth!.ClientId,
            ClientSecret = endpoint.OAuth.ClientSecret,
            ClientMetadataDocumentUri = endpoint.OAuth.ClientMetadataUrl,
            Scopes = endpoint.OAuth.Scopes.Count == 0 ? null : endpoint.OAuth.Scopes,
            ScopeSelector = proposed => Union(proposed, stored.ReadScopes()),
            TokenCache = tokens,
            DynamicClientRegistration = new DynamicClientRegistrationOptions { ClientName = "mcp-optimizer" },
            AuthorizationCallbackHandler = async (context, token) => await authorize(context, token).ConfigureAwait(false),
        };

    // Null leaves the choice to the authorization server.
    private static List<string>? Union(IReadOnlyCollection<string>? proposed, IReadOnlyList<string> known) =>
        proposed is null && known.Count == 0 ? null : [.. (proposed ?? []).Union(known, StringComparer.Ordinal)];
}
