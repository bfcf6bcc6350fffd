using ModelContextProtocol.Authentication;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>Holds what a login brings until it has succeeded, so that a failed one leaves the stored tokens alone.</summary>
internal sealed class OAuthTokenMemory : ITokenCache
{
    /// <summary>The tokens; null until there are some.</summary>
    public TokenContainer? Tokens { get; private set; }

    /// <inheritdoc/>
    public ValueTask<TokenContainer?> GetTokensAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(Tokens);

    /// <inheritdoc/>
    public ValueTask StoreTokensAsync(TokenContainer tokens, CancellationToken cancellationToken = default)
    {
        Tokens = tokens;
        return ValueTask.CompletedTask;
    }
}
