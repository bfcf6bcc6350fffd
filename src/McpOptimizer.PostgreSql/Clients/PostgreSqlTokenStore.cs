using System.Collections.Concurrent;
using McpOptimizer.Core.Clients.Backends;
using McpOptimizer.Core.Models;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.PostgreSql.Clients;

/// <summary>OAuth tokens in the database: whoever logged in on one replica is logged in on all.</summary>
internal sealed class PostgreSqlTokenStore(PostgreSqlConnections connections, TimeProvider clock, ILogger<PostgreSqlTokens> logger) : IOAuthTokenStore
{
    private readonly ConcurrentDictionary<string, PostgreSqlTokens> _tokens = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IOAuthTokens Of(BackendEndpoint endpoint) => _tokens.GetOrAdd(
        $"{endpoint.ServerName}\n{OAuthTokenFile.KeyOf(endpoint)}", _ => new PostgreSqlTokens(connections, OAuthTokenFile.KeyOf(endpoint), endpoint.ServerName, clock, logger));
}
