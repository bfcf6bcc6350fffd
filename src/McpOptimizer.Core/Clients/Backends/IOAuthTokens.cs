using ModelContextProtocol.Authentication;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>The tokens of one server and client, kept where a restart, and other processes, find them.</summary>
internal interface IOAuthTokens : ITokenCache
{
    /// <summary>When the tokens were last written; a date long ago when there are none.</summary>
    DateTime WrittenAt { get; }

    /// <summary>The stored tokens; null when there are none, or what is there cannot be read.</summary>
    /// <exception cref="BackendException">They are not taken, because others could have read or written them.</exception>
    TokenContainer? Read();

    /// <summary>Replaces what is stored.</summary>
    /// <exception cref="BackendException">They cannot be stored.</exception>
    void Write(TokenContainer tokens);

    /// <summary>Scopes that were ever asked for or found missing, so that the next login asks for all of them; empty when there were none.</summary>
    IReadOnlyList<string> ReadScopes();

    /// <summary>Adds to those scopes. What cannot be kept is asked for when it is found missing again.</summary>
    void AddScopes(IEnumerable<string> scopes);
}
