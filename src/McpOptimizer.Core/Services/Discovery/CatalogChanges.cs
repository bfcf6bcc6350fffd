using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Search;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>
/// Tells when the catalogue that callers see has another set of servers than before: silent while its description, and who has resources and prompts, stay the
/// same. At a start servers come one after the other: what follows a notification too soon is told together.
/// </summary>
internal sealed class CatalogChanges : IDisposable
{
    private readonly IDiscoveryService _discovery;
    private readonly OfferingIndexes _offerings;
    private readonly TimeProvider _clock;
    private readonly ITimer _later;
    private readonly Lock _gate = new();
    private readonly List<Action> _actions = [];
    private string _description;
    private long? _told;
    private bool _isWaiting;

    public CatalogChanges(IDiscoveryService discovery, ToolIndexes indexes, OfferingIndexes offerings, IngestionStatus status, TimeProvider clock)
    {
        _discovery = discovery;
        _offerings = offerings;
        _clock = clock;
        _description = Describe();
        _later = clock.CreateTimer(_ => CompareLater(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        indexes.Workloads.Changed += (_, _) => Compare();
        offerings.Changed += (_, _) => Compare();
        status.Changed += (_, _) => Compare();
    }

    /// <summary>Runs an action after each such change.</summary>
    public void OnChanged(Action action)
    {
        lock (_gate)
        {
            _actions.Add(action);
        }
    }

    public void Dispose() => _later.Dispose();

    private void CompareLater()
    {
        lock (_gate)
        {
            _isWaiting = false;
        }

        Compare();
    }

    private void Compare()
    {
        Action[] actions;
        lock (_gate)
        {
            if (_isWaiting)
            {
                return;
            }

            if (_told is { } told && _clock.GetElapsedTime(told) is var since && since < ListChanges.Interval)
            {
                _isWaiting = true;
                _later.Change(ListChanges.Interval - since, Timeout.InfiniteTimeSpan);
                return;
            }

            string now = Describe();
            if (now == _description)
            {
                return;
            }

            _description = now;
            _told = _clock.GetTimestamp();
            actions = [.. _actions];
        }

        foreach (Action action in actions)
        {
            action();
        }
    }

    private string Describe() =>
        $"{_discovery.DescribeCatalog(CallerIdentity.Anonymous)}\n{ServersOf(_offerings.Resources)}\n{ServersOf(_offerings.Prompts)}";

    private static string ServersOf(ToolIndexHolder index) => string.Join('\n', index.Current.ListServers().Select(server => server.Name));
}
