using McpOptimizer.Core.Models;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>A folder with a file for each: <c>Backends:OAuthTokenFolder</c>, or the one beside the database.</summary>
internal sealed class OAuthTokenFolder(IOptions<McpOptimizerOptions> options) : IOAuthTokenStore
{
    /// <summary>The folder that settings mean.</summary>
    public static string Of(McpOptimizerOptions options) =>
        options.Backends.OAuthTokenFolder ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.Store.DatabasePath))!, "oauth-tokens");

    /// <inheritdoc/>
    public IOAuthTokens Of(BackendEndpoint endpoint) => new OAuthTokenFile(Of(options.Value), endpoint);
}
