using McpOptimizer.Core.Services.Catalogue;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>What <c>/ready</c> tells about trust.</summary>
public sealed class TrustStatus
{
    private readonly ToolIndexes _indexes;
    private readonly OfferingIndexes _offerings;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _unstored = new(StringComparer.Ordinal);

    internal TrustStatus(ToolIndexes indexes, OfferingIndexes offerings, TimeProvider clock) => (_indexes, _offerings, _clock) = (indexes, offerings, clock);

    /// <summary>How many tools are withheld at the moment.</summary>
    public int WithheldTools => _indexes.Withheld.Current.ToolCount;

    /// <summary>How many prompts, resources and resource templates are.</summary>
    public int WithheldOfferings => _offerings.WithheldCount;

    /// <summary>Servers of which something is withheld in memory only, because the store could not be written. Not empty: this process is not well.</summary>
    public IReadOnlyList<string> UnstoredServers
    {
        get
        {
            lock (_gate)
            {
                return [.. _unstored.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Why the store could not be written; null while it can.</summary>
    public string? LastError { get; private set; }

    /// <summary>Since when; null while it can.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    internal bool IsUnstored(string serverName)
    {
        lock (_gate)
        {
            return _unstored.Contains(serverName);
        }
    }

    internal void Failed(IEnumerable<string> servers, string error)
    {
        lock (_gate)
        {
            _unstored.UnionWith(servers);
            if (_unstored.Count > 0)
            {
                LastError = error;
                FailingSince ??= _clock.GetUtcNow();
            }
        }
    }

    internal void Stored(string server)
    {
        lock (_gate)
        {
            if (_unstored.Remove(server) && _unstored.Count == 0)
            {
                LastError = null;
                FailingSince = null;
            }
        }
    }
}
