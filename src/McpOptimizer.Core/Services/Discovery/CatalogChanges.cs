using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Search;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>Watches the indexes; silent when the description of the catalogue, and who has resources and prompts, stay the same.</summary>
internal sealed class CatalogChanges : ICatalogChanges
{
    private readonly IDiscoveryService _discovery;
    private readonly OfferingIndexes _offerings;
    private readonly Lock _gate = new();
    private readonly List<Action> _actions = [];
    private string _description;

    public CatalogChanges(IDiscoveryService discovery, ToolIndexes indexes, OfferingIndexes offerings)
    {
        _discovery = discovery;
        _offerings = offerings;
        _description = Describe();
        indexes.Workloads.Changed += (_, _) => Compare();
        offerings.Changed += (_, _) => Compare();
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
            string now = Describe();
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

    private string Describe() =>
        $"{_discovery.DescribeCatalog(CallerIdentity.Anonymous)}\n{ServersOf(_offerings.Resources)}\n{ServersOf(_offerings.Prompts)}";

    private static string ServersOf(ToolIndexHolder index) => string.Join('\n', index.Current.ListServers().Select(server => server.Name));
}
