using System.IO.Enumeration;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Trust;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Which rules a server is under.</summary>
internal sealed class TrustRules(IOptions<McpOptimizerOptions> options)
{
    private readonly TrustSettings _settings = options.Value.Trust;
    private readonly KeyValuePair<string, TrustServerSettings>[] _patterns = [.. options.Value.Trust.Servers.OrderByDescending(rule => rule.Key.Length).ThenBy(rule => rule.Key, StringComparer.Ordinal)];

    /// <summary>Whether findings of high severity hold back what policy would trust on first sight.</summary>
    public bool BlocksFirstSight => _settings.BlockFirstSight;

    /// <summary>Whether waiting instructions hold back the server.</summary>
    public bool WatchesInstructions => _settings.WatchInstructions;

    /// <summary>How long observations are kept.</summary>
    public TimeSpan Retention => _settings.ObservationRetention;

    public TrustPolicy PolicyOf(string serverName) => RuleOf(serverName)?.Policy ?? _settings.Policy;

    /// <summary>Whether what the server adds after its first listing is trusted as the first listing is.</summary>
    public bool TrustsAdditions(string serverName) => PolicyOf(serverName) == TrustPolicy.Pin && RuleOf(serverName)?.Additions == TrustAdditions.Trust;

    /// <summary>Whether what the server answers is marked as data.</summary>
    public bool FencesResults(string serverName) => RuleOf(serverName)?.FenceResults == true;

    /// <summary>A server's instructions as far as they are watched: null when it has none, or they do not matter.</summary>
    public string? Watched(string serverName, string? instructions) =>
        _settings.WatchInstructions && !string.IsNullOrWhiteSpace(instructions) && PolicyOf(serverName) != TrustPolicy.Off ? instructions : null;

    private TrustServerSettings? RuleOf(string serverName) => _settings.Servers.TryGetValue(serverName, out TrustServerSettings? exact)
        ? exact
        : Array.Find(_patterns, rule => FileSystemName.MatchesSimpleExpression(rule.Key, serverName, ignoreCase: false)).Value;
}
