using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Catalogue;

/// <summary>What <c>/ready</c>, <c>find_tool</c> and <c>ingest</c> tell about the state of ingestion and store.</summary>
public sealed class IngestionStatus
{
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, SourceStatus> _sources = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<IngestionPart, IngestionFault> _faults = new();
    private readonly ConcurrentDictionary<string, string?> _starting = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _firstDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isExpected;

    /// <summary>Creates the status of a host that has not begun.</summary>
    public IngestionStatus(TimeProvider clock, IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _clock = clock;
        meters.Create(McpOptimizerTelemetry.SourceName).CreateObservableGauge(
            McpOptimizerTelemetry.Failing, Measure, "{part}", "1 for what fails now: a source, ingestion, the store; 0 for what works.");
    }

    /// <summary>Raised when it becomes known that the first look is over, or that a server is not starting any more.</summary>
    internal event EventHandler? Changed;

    /// <summary>Whether what is stored has been read and can be searched.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Whether the first look at all workload sources is over, well or badly.</summary>
    public bool IsFirstIngestionDone => _firstDone.Task.IsCompleted;

    /// <summary>Whether answers mean something: servers were stored and are loaded, or the first look at the sources is over.</summary>
    public bool IsReady => IsLoaded && (HasStored || IsFirstIngestionDone);

    /// <summary>Every source, by name.</summary>
    public IReadOnlyCollection<SourceStatus> Sources => [.. _sources.Values.OrderBy(source => source.Name, StringComparer.Ordinal)];

    /// <summary>What fails now, beside the sources; empty when all is well.</summary>
    public IReadOnlyList<IngestionFault> Faults => [.. _faults.Values.OrderBy(fault => fault.Part)];

    /// <summary>Names of servers that are being asked for the first time and have not answered yet. For operators: callers may not see them all.</summary>
    public IReadOnlyCollection<string> Starting => [.. _starting.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether tools may be missing only because the first look, or a server's first answer, is under way.</summary>
    internal bool IsPending => (_isExpected && !IsFirstIngestionDone) || !_starting.IsEmpty;

    /// <summary>Why the store fails now; null when it works.</summary>
    internal string? StoreFault => _faults.TryGetValue(IngestionPart.Store, out IngestionFault? fault) ? fault.Message : null;

    private bool HasStored { get; set; }

    /// <summary>Completes when the first look at all workload sources is over: for hosts that search or call as soon as they have started.</summary>
    public Task WaitForFirstIngestionAsync(CancellationToken cancellationToken = default) => _firstDone.Task.WaitAsync(cancellationToken);

    /// <summary>The servers that are starting, as far as a scope shows them.</summary>
    internal IReadOnlyList<string> StartingFor(VisibilityScope scope) =>
    [
        .. _starting.Where(server => scope.AllowsServer?.Invoke(server.Key) != false && scope.Groups?.Contains(GroupOf(server.Value)) != false)
            .Select(server => server.Key).Order(StringComparer.Ordinal),
    ];

    internal void Expected() => _isExpected = true;

    internal void Loaded(bool hasStored)
    {
        HasStored = hasStored;
        IsLoaded = true;
    }

    internal void FirstIngestionDone()
    {
        if (_firstDone.TrySetResult())
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    internal void Begun(string server, string? group) => _starting[server] = group;

    internal void Started(string server)
    {
        if (_starting.TryRemove(server, out _))
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    internal void Succeeded(string source, int servers) => _sources[source] = new SourceStatus(source, _clock.GetUtcNow(), null, servers);

    internal void Failed(string source, string error)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        _sources.AddOrUpdate(
            source,
            name => new SourceStatus(name, null, error, 0, now),
            (_, before) => before with { LastError = error, FailingSince = before.FailingSince ?? now });
    }

    internal void StoreFailed(string sentence) => Fail(IngestionPart.Store, sentence);

    internal void StoreWorked() => _faults.TryRemove(IngestionPart.Store, out _);

    internal void IngestionFailed(string sentence) => Fail(IngestionPart.Ingestion, sentence);

    internal void IngestionWorked() => _faults.TryRemove(IngestionPart.Ingestion, out _);

    private static string GroupOf(string? group) => string.IsNullOrWhiteSpace(group) ? "default" : group.Trim();

    private void Fail(IngestionPart part, string sentence)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        _faults.AddOrUpdate(part, _ => new IngestionFault(part, sentence, now), (_, before) => before with { Message = sentence });
    }

    private IEnumerable<Measurement<int>> Measure() =>
    [
        .. Enum.GetValues<IngestionPart>().Select(part => Measure(part.ToString().ToLowerInvariant(), _faults.ContainsKey(part))),
        .. _sources.Values.Select(source => Measure(source.Name, source.LastError is not null)),
    ];

    private static Measurement<int> Measure(string part, bool isFailing) => new(isFailing ? 1 : 0, new KeyValuePair<string, object?>("mcp_optimizer.part", part));
}
