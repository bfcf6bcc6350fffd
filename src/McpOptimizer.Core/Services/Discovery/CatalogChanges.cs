using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>Watches the index; silent when the description of the catalogue stays the same.</summary>
internal sealed class CatalogChanges : ICatalogChanges
{
    private readonly IDiscoveryService _discovery;
    private readonly Lock _gate = new();
    private readonly List<Action> _actions = [];
    private string _description;

    public CatalogChanges(IDiscoveryService discovery, ToolIndexes indexes)
    {
        _discovery = discovery;
        _description = discovery.DescribeCatalog(CallerIdentity.Anonymous);
        indexes.Workloads.Changed += (_, _) => Compare();
    }

    public void OnChanged(Action action)
    {
        lock (_gate)
        {
            _actions.Add(action);
        }
    }

    private void Compare()
    {
        Action[] actions;
        lock (_gate)
        {
            string now = _discovery.DescribeCatalog(CallerIdentity.Anonymous);
            if (now == _description)
            {
                return;
            }

            _description = now;
            actions = [.. _actions];
        }

        foreach (Action action in actions)
        {
            action();
        }
    }
}
