using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Search;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Catalogue;

/// <summary>
/// The indexes of resources and of prompts. Which servers there are and how they stand is taken from every change of the workloads' index, so that
/// a hidden or stopped server hides what it offers at the same moment. Kept in memory only.
/// </summary>
internal sealed class OfferingIndexes(IOptions<McpOptimizerOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ServerDocument> _servers = new(StringComparer.Ordinal);
    private readonly Side _resources = new(new ToolIndexHolder(options.Value.Search));
    private readonly Side _prompts = new(new ToolIndexHolder(options.Value.Search));

    /// <summary>Raised after resources or prompts changed; says which.</summary>
    public event EventHandler<OfferingChange>? Changed;

    /// <summary>Resources and resource templates; the name of each is its address.</summary>
    public ToolIndexHolder Resources => _resources.Holder;

    /// <summary>Prompts.</summary>
    public ToolIndexHolder Prompts => _prompts.Holder;

    /// <summary>How many resources, templates and prompts are listed and withheld.</summary>
    public int WithheldCount
    {
        get
        {
            lock (_gate)
            {
                return _resources.WithheldCount + _prompts.WithheldCount;
            }
        }
    }

    /// <summary>Names of the running servers.</summary>
    public IReadOnlyCollection<string> Running
    {
        get
        {
            lock (_gate)
            {
                return [.. _servers.Values.Where(server => server.Status == ServerStatus.Running).Select(server => server.Name)];
            }
        }
    }

    /// <summary>Takes over what a change of the workloads says about servers.</summary>
    public void Follow(IndexChange change)
    {
        HashSet<string> touched = new(StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (string id in change.RemovedServerIds)
            {
                if (_servers.Remove(id, out ServerDocument? gone))
                {
                    _resources.Forget(gone.Name);
                    _prompts.Forget(gone.Name);
                    touched.Add(id);
                }
            }

            foreach (ServerDocument server in change.Upserted)
            {
                _servers[server.Id] = server with { Tools = [], Withheld = [] };
                touched.Add(server.Id);
            }

            foreach (ServerState state in change.StateChanged.Where(state => _servers.ContainsKey(state.Id)))
            {
                _servers[state.Id] = _servers[state.Id] with { Status = state.Status, Group = state.Group, VirtualMcp = state.VirtualMcp };
                touched.Add(state.Id);
            }
        }

        Publish(_resources, touched, OfferingChange.Resources);
        Publish(_prompts, touched, OfferingChange.Prompts);
    }

    /// <summary>The mark under which a server's listing was set; null when none was.</summary>
    public string? MarkOf(string serverName, OfferingChange what)
    {
        lock (_gate)
        {
            return SideOf(what).MarkOf(serverName);
        }
    }

    /// <summary>Sets what a server offers now. Nothing happens for a server that is gone meanwhile.</summary>
    /// <param name="serverName">The server.</param>
    /// <param name="what">Which of its offerings.</param>
    /// <param name="items">All of them.</param>
    /// <param name="withheld">Names of those that await approval: they stay out of the index.</param>
    /// <param name="mark">Stands for the listing, to recognise the same one.</param>
    public void Set(string serverName, OfferingChange what, IReadOnlyList<ToolDocument> items, HashSet<string> withheld, string mark)
    {
        string[] touched;
        lock (_gate)
        {
            touched = [.. _servers.Values.Where(server => server.Name == serverName).Select(server => server.Id)];
            if (touched.Length > 0)
            {
                SideOf(what).Set(serverName, items, withheld, mark);
            }
        }

        Publish(SideOf(what), touched, what);
    }

    /// <summary>What a server listed last, withheld or not; null when it was not asked so far.</summary>
    public IReadOnlyList<ToolDocument>? ListedBy(string serverName, OfferingChange what)
    {
        lock (_gate)
        {
            return SideOf(what).ListedBy(serverName);
        }
    }

    /// <summary>Whether this very definition is offered now.</summary>
    public bool IsOffered(string serverName, OfferingChange what, ToolDocument item)
    {
        lock (_gate)
        {
            return SideOf(what).IsOffered(serverName, item);
        }
    }

    /// <summary>Names of what a server lists and may not offer.</summary>
    public IReadOnlySet<string> WithheldBy(string serverName, OfferingChange what)
    {
        lock (_gate)
        {
            return SideOf(what).WithheldBy(serverName);
        }
    }

    private Side SideOf(OfferingChange what) => what == OfferingChange.Resources ? _resources : _prompts;

    private void Publish(Side side, IReadOnlyCollection<string> touched, OfferingChange what)
    {
        bool changed;
        lock (_gate)
        {
            changed = side.Publish(touched, _servers);
        }

        if (changed)
        {
            Changed?.Invoke(this, what);
        }
    }

    /// <summary>One index with what it is made from.</summary>
    private sealed class Side(ToolIndexHolder holder)
    {
        private static readonly Listing Nothing = new([], new HashSet<string>(), "");

        private readonly Dictionary<string, Listing> _listings = new(StringComparer.Ordinal);
        private readonly HashSet<string> _indexed = new(StringComparer.Ordinal);

        public ToolIndexHolder Holder => holder;

        public int WithheldCount => _listings.Values.Sum(listing => listing.Withheld.Count);

        public string? MarkOf(string serverName) => _listings.GetValueOrDefault(serverName)?.Mark;

        public IReadOnlyList<ToolDocument>? ListedBy(string serverName) => _listings.GetValueOrDefault(serverName)?.Items;

        public IReadOnlySet<string> WithheldBy(string serverName) => _listings.GetValueOrDefault(serverName, Nothing).Withheld;

        public bool IsOffered(string serverName, ToolDocument item) => _listings.TryGetValue(serverName, out Listing? listing) && !listing.Withheld.Contains(item.Name)
            && listing.ByName.TryGetValue(item.Name, out ToolDocument? known) && known.DefinitionJson.Span.SequenceEqual(item.DefinitionJson.Span);

        public void Forget(string serverName) => _listings.Remove(serverName);

        public void Set(string serverName, IReadOnlyList<ToolDocument> items, HashSet<string> withheld, string mark) => _listings[serverName] = new Listing(items, withheld, mark);

        // A virtual server that offers nothing is indexed too: it hides the others of its group.
        public bool Publish(IReadOnlyCollection<string> touched, Dictionary<string, ServerDocument> servers)
        {
            List<ServerDocument> upserted = [];
            List<string> removed = [];
            foreach (string id in touched)
            {
                IReadOnlyList<ToolDocument> items = servers.TryGetValue(id, out ServerDocument? server) && !server.IsWithheld ? _listings.GetValueOrDefault(server.Name, Nothing).Offered : [];
                if (server is not null && (items.Count > 0 || server.VirtualMcp))
                {
                    upserted.Add(server with { Tools = items });
                    _indexed.Add(id);
                }
                else if (_indexed.Remove(id))
                {
                    removed.Add(id);
                }
            }

            if (upserted.Count + removed.Count > 0)
            {
                holder.Apply(new IndexChange { Upserted = upserted, RemovedServerIds = removed });
            }

            return upserted.Count + removed.Count > 0;
        }

        private sealed record Listing(IReadOnlyList<ToolDocument> Items, IReadOnlySet<string> Withheld, string Mark)
        {
            public Dictionary<string, ToolDocument> ByName => field ??= Items.DistinctBy(item => item.Name).ToDictionary(item => item.Name, StringComparer.Ordinal);

            public IReadOnlyList<ToolDocument> Offered => Withheld.Count == 0 ? Items : [.. Items.Where(item => !Withheld.Contains(item.Name))];
        }
    }
}
