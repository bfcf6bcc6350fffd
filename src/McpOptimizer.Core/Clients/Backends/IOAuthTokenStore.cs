using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>Where the tokens of backends with OAuth are.</summary>
internal interface IOAuthTokenStore
{
    /// <summary>Those of one endpoint.</summary>
    IOAuthTokens Of(BackendEndpoint endpoint);
}
