using System.IO.Enumeration;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Trust;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Which policy a server is under.</summary>
internal sealed class TrustRules(IOptions<McpOptimizerOptions> options)
{
    private readonly TrustSettings _settings = options.Value.Trust;
    private readonly KeyValuePair<string, TrustPolicy>[] _patterns = [.. options.Value.Trust.Servers.OrderByDescending(rule => rule.Key.Length).ThenBy(rule => rule.Key, StringComparer.Ordinal)];

    /// <summary>Whether findings of high severity hold back what policy would trust on first sight.</summary>
    public bool BlocksFirstSight => _settings.BlockFirstSight;

    public TrustPolicy PolicyOf(string serverName)
    {
        if (_settings.Servers.TryGetValue(serverName, out TrustPolicy exact))
        {
            return exact;
        }

        foreach ((string pattern, TrustPolicy policy) in _patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, serverName, ignoreCase: false))
            {
                return policy;
            }
        }

        return _settings.Policy;
    }

    /// <summary>A server's instructions as far as they are watched: null when it has none, or they do not matter.</summary>
    public string? Watched(string serverName, string? instructions) =>
        _settings.WatchInstructions && !string.IsNullOrWhiteSpace(instructions) && PolicyOf(serverName) != TrustPolicy.Off ? instructions : null;

    /// <summary>Whether waiting instructions hold back the server.</summary>
    public bool WatchesInstructions => _settings.WatchInstructions;
}
