using System.Collections.Concurrent;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>What <c>/ready</c> and <c>ingest</c> tell about the state of ingestion.</summary>
public sealed class IngestionStatus(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, SourceStatus> _sources = new(StringComparer.Ordinal);

    /// <summary>Whether what is stored has been read and can be searched.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Whether the first look at all workload sources is over, well or badly.</summary>
    public bool IsFirstIngestionDone { get; private set; }

    /// <summary>Every source, by name.</summary>
    public IReadOnlyCollection<SourceStatus> Sources => [.. _sources.Values.OrderBy(source => source.Name, StringComparer.Ordinal)];

    internal void Loaded() => IsLoaded = true;

    internal void FirstIngestionDone() => IsFirstIngestionDone = true;

    internal void Succeeded(string source, int servers) => _sources[source] = new SourceStatus(source, clock.GetUtcNow(), null, servers);

    internal void Failed(string source, string error) =>
        _sources.AddOrUpdate(source, name => new SourceStatus(name, null, error, 0), (_, before) => before with { LastError = error });
}
