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
    public static ClientOAuthOptions Unattended(BackendEndpoint endpoint, OAuthTokenFile tokens) => tokens.Read() is null
        ? throw NeedsLogin(endpoint, "wants an OAuth login and no token is stored")
        : Create(endpoint, NoRedirect, tokens, (_, _) => throw NeedsLogin(endpoint, "does not accept the stored token any more"));

    /// <summary>For a login.</summary>
    public static ClientOAuthOptions Attended(
        BackendEndpoint endpoint, Uri redirect, ITokenCache tokens, Func<AuthorizationCallbackContext, CancellationToken, Task<AuthorizationResult>> authorize) =>
        Create(endpoint, redirect, tokens, authorize);

    /// <summary>The failure that only a person can mend.</summary>
    public static BackendException NeedsLogin(BackendEndpoint endpoint, string why) =>
        new(endpoint.ServerName, BackendFailure.Unauthorized, $"Server '{endpoint.ServerName}' {why}. Run the command: login {endpoint.ServerName}");

    private static ClientOAuthOptions Create(
        BackendEndpoint endpoint, Uri redirect, ITokenCache tokens, Func<AuthorizationCallbackContext, CancellationToken, Task<AuthorizationResult>> authorize) => new()
        {
            RedirectUri = redirect,
            ClientId = endpoint.OAuth!.ClientId,
            ClientSecret = endpoint.OAuth.ClientSecret,
            Scopes = endpoint.OAuth.Scopes.Count == 0 ? null : endpoint.OAuth.Scopes,
            TokenCache = tokens,
            DynamicClientRegistration = new DynamicClientRegistrationOptions { ClientName = "mcp-optimizer" },
            AuthorizationCallbackHandler = async (context, token) => await authorize(context, token).ConfigureAwait(false),
        };
}
