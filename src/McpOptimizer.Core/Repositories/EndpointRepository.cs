using System.Collections.Concurrent;
using McpOptimizer.Core.Clients.Backends;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Repositories;

/// <summary>How each workload is reached now. Kept in memory only: endpoints may hold secrets.</summary>
internal sealed class EndpointRepository
{
    private readonly ConcurrentDictionary<string, (BackendEndpoint Endpoint, string Source)> _byServer = new(StringComparer.Ordinal);

    /// <summary>Whether both lead to the same server as the same user.</summary>
    public static bool AreSame(BackendEndpoint? one, BackendEndpoint? other) =>
        one is null || other is null ? one is null && other is null : BackendKey.Of(one) == BackendKey.Of(other);

    public IReadOnlyCollection<BackendEndpoint> All => [.. _byServer.Values.Select(entry => entry.Endpoint)];

    public BackendEndpoint? Find(string serverName) => _byServer.TryGetValue(serverName, out (BackendEndpoint Endpoint, string Source) entry) ? entry.Endpoint : null;

    public void Set(BackendEndpoint endpoint, string source) => _byServer[endpoint.ServerName] = (endpoint, source);

    /// <summary>Forgets what a source listed before and does not list now.</summary>
    public void Retain(string source, IReadOnlySet<string> names)
    {
        foreach ((string name, (_, string owner)) in _byServer)
        {
            if (owner == source && !names.Contains(name))
            {
                _byServer.TryRemove(name, out _);
            }
        }
    }
}
