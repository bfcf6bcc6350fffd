using System.Collections.Immutable;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search;

/// <summary>
/// An immutable snapshot of all tools, made for searching. Readers keep the one they took; <see cref="Apply(IndexChange)"/> gives the next one, whose
/// cost follows the size of the change and the number of servers, not the number of tools.
/// </summary>
public sealed class ToolIndex
{
    private const string ClientPrefix = "mcp__";

    private static readonly char[] PrefixSeparators = ['_', '/', '.', ':', '-'];

    private readonly SearchSettings _settings;
    private readonly ImmutableDictionary<string, ServerLocation> _locations;
    private readonly VisibleSetCache _visible = new();
    private IndexedServer[]? _byName;

    private ToolIndex(SearchSettings settings, ImmutableArray<SegmentView> segments, ImmutableDictionary<string, ServerLocation> locations)
    {
        _settings = settings;
        _locations = locations;
        Segments = segments;
        ToolCount = segments.Sum(view => view.LiveDocuments);
    }

    /// <summary>Number of indexed tools, hidden ones included.</summary>
    public int ToolCount { get; }

    /// <summary>Number of indexed servers, hidden ones included.</summary>
    public int ServerCount => _locations.Count;

    internal ImmutableArray<SegmentView> Segments { get; }

    /// <summary>An index without tools.</summary>
    /// <param name="settings">Field weights are read when tools are added; null for the defaults.</param>
    public static ToolIndex Create(SearchSettings? settings = null) =>
        new(settings ?? new SearchSettings(), [], ImmutableDictionary.Create<string, ServerLocation>(StringComparer.Ordinal));

    /// <summary>The index after a change. This one stays as it is.</summary>
    /// <remarks>Removals come first, then the servers given in full, then states; a state of an unknown server is ignored, and of two servers with
    /// one id the later one counts.</remarks>
    public ToolIndex Apply(IndexChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Dictionary<string, ServerDocument> upserted = new(StringComparer.Ordinal);
        foreach (ServerDocument server in change.Upserted)
        {
            upserted[server.Id] = server;
        }

        SegmentBatch batch = new(_settings);
        batch.Add(upserted.Values);
        return Apply(batch, change.RemovedServerIds, change.StateChanged);
    }

    /// <summary>The index with the servers of a batch in place of those of the same ids. This one stays as it is.</summary>
    internal ToolIndex Apply(SegmentBatch batch) => Apply(batch, [], []);

    private ToolIndex Apply(SegmentBatch batch, IReadOnlyCollection<string> removed, IReadOnlyCollection<ServerState> states)
    {
        IndexedServer?[]?[] changed = new IndexedServer?[]?[Segments.Length];
        ImmutableDictionary<string, ServerLocation>.Builder locations = _locations.ToBuilder();
        foreach (string id in removed.Concat(batch.Servers.Select(server => server.Id)))
        {
            if (locations.Remove(id, out ServerLocation location))
            {
                Writable(changed, location)[location.Slot] = null;
            }
        }

        SegmentView? added = batch.Servers.Count == 0 ? null : batch.Build();
        for (int slot = 0; slot < batch.Servers.Count; slot++)
        {
            locations.Add(batch.Servers[slot].Id, new ServerLocation(Segments.Length, slot));
        }

        foreach (ServerState state in states)
        {
            if (locations.TryGetValue(state.Id, out ServerLocation location))
            {
                IndexedServer?[] servers = location.Segment == Segments.Length ? added!.Servers : Writable(changed, location);
                servers[location.Slot] = servers[location.Slot]! with { Status = state.Status, Group = state.Group, VirtualMcp = state.VirtualMcp };
            }
        }

        ImmutableArray<SegmentView>.Builder segments = ImmutableArray.CreateBuilder<SegmentView>(Segments.Length + 1);
        for (int i = 0; i < Segments.Length; i++)
        {
            segments.Add(changed[i] is { } servers ? new SegmentView(Segments[i].Segment, servers) : Segments[i]);
        }

        if (added is not null)
        {
            segments.Add(added);
        }

        return new ToolIndex(_settings, segments.ToImmutable(), locations.ToImmutable());
    }

    /// <summary>The visible tool of a server, or null.</summary>
    /// <param name="serverName">The server's name, exactly.</param>
    /// <param name="toolName">The tool's own name, exactly.</param>
    /// <param name="scope">Who asks; null sees every running server.</param>
    public IndexedTool? FindTool(string serverName, string toolName, VisibilityScope? scope = null)
    {
        ArgumentNullException.ThrowIfNull(serverName);
        ArgumentNullException.ThrowIfNull(toolName);
        VisibleSet visible = VisibleTo(scope);
        foreach (IndexedServer server in ServersNamed(serverName))
        {
            if (server.Block.Find(toolName) is { } tool && IsVisible(server, tool, visible))
            {
                return tool;
            }
        }

        return null;
    }

    /// <summary>
    /// The visible tools that a name may mean: the tools of that very name, and those for which it is server name, one or more of
    /// <c>_ / . : -</c>, tool name. More than one answer means the name is ambiguous.
    /// </summary>
    /// <param name="name">A bare or prefixed tool name.</param>
    /// <param name="scope">Who asks; null sees every running server.</param>
    public IReadOnlyList<IndexedTool> FindByName(string name, VisibilityScope? scope = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        VisibleSet visible = VisibleTo(scope);
        List<IndexedTool> found = [];
        foreach (IndexedServer server in ServersByName())
        {
            AddIfVisible(server, server.Block.Find(name));
            if (name.Length > server.Name.Length && name.StartsWith(server.Name, StringComparison.Ordinal)
                && PrefixSeparators.Contains(name[server.Name.Length]))
            {
                string rest = name[server.Name.Length..];
                string bare = rest.TrimStart(PrefixSeparators);

                // The tool's own name may start with a separator: "github" + "_" + "_private".
                for (int i = 1; i <= rest.Length - bare.Length; i++)
                {
                    AddIfVisible(server, server.Block.Find(rest[i..]));
                }
            }
        }

        if (found.Count == 0 && name.StartsWith(ClientPrefix, StringComparison.Ordinal))
        {
            found.AddRange(ListTools(scope).Where(tool => name == $"{ClientPrefix}{AsClientsWrite(tool.ServerName)}__{AsClientsWrite(tool.Name)}"));
        }

        return found;

        void AddIfVisible(IndexedServer server, IndexedTool? tool)
        {
            if (tool is not null && !found.Contains(tool) && IsVisible(server, tool, visible))
            {
                found.Add(tool);
            }
        }
    }

    // mcp__server__tool, with what is no letter or digit replaced.
    private static string AsClientsWrite(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '_'));

    /// <summary>All visible tools, by server name, then in the order the server gave them.</summary>
    /// <param name="scope">Who asks; null sees every running server.</param>
    public IReadOnlyList<IndexedTool> ListTools(VisibilityScope? scope = null)
    {
        VisibleSet visible = VisibleTo(scope);
        List<IndexedTool> tools = new(visible.ToolCount);
        foreach (IndexedServer server in ServersByName())
        {
            tools.AddRange(VisibleTools(server, visible));
        }

        return tools;
    }

    /// <summary>The visible tools of one server, in the order it gave them.</summary>
    internal IEnumerable<IndexedTool> ListTools(string serverId, VisibilityScope scope) =>
        _locations.TryGetValue(serverId, out ServerLocation location) && Segments[location.Segment].Servers[location.Slot] is { } server ? VisibleTools(server, VisibleTo(scope)) : [];

    /// <summary>The visible tools of the servers of one name, in the order they gave them.</summary>
    internal IEnumerable<IndexedTool> ListToolsOf(string serverName, VisibilityScope? scope)
    {
        VisibleSet visible = VisibleTo(scope);
        return ServersNamed(serverName).SelectMany(server => VisibleTools(server, visible));
    }

    /// <summary>The servers with visible tools, by name.</summary>
    /// <param name="scope">Who asks; null sees every running server.</param>
    public IReadOnlyList<ServerOverview> ListServers(VisibilityScope? scope = null)
    {
        VisibleSet visible = VisibleTo(scope);
        List<ServerOverview> servers = new(visible.ServerCount);
        foreach (IndexedServer server in ServersByName())
        {
            int tools = VisibleTools(server, visible).Count();
            if (tools > 0)
            {
                servers.Add(new ServerOverview(server.Id, server.Name, server.Description, server.Group, tools));
            }
        }

        return servers;
    }

    /// <summary>Tokens of the definitions of all visible tools.</summary>
    /// <param name="scope">Who asks; null sees every running server.</param>
    public long CountTokens(VisibilityScope? scope = null) => VisibleTo(scope).BaselineTokens;

    internal VisibleSet VisibleTo(VisibilityScope? scope) => _visible.Get(this, scope ?? VisibilityScope.Everything);

    /// <summary>This index with some segments replaced by their merge, for the servers that are still the same.</summary>
    internal ToolIndex WithMerged(IReadOnlyList<SegmentView> merged, IndexSegment segment, IReadOnlyList<(SegmentView From, int Slot)> sources)
    {
        HashSet<IndexSegment> gone = [.. merged.Select(view => view.Segment)];
        Dictionary<IndexSegment, SegmentView> current = Segments.ToDictionary(view => view.Segment);
        IndexedServer?[] servers =
        [
            .. sources.Select(source => current.TryGetValue(source.From.Segment, out SegmentView? view) ? view.Servers[source.Slot] : null),
        ];
        List<SegmentView> segments = [.. Segments.Where(view => !gone.Contains(view.Segment))];
        if (servers.Length > 0)
        {
            segments.Add(new SegmentView(segment, servers));
        }

        ImmutableDictionary<string, ServerLocation>.Builder locations = ImmutableDictionary.CreateBuilder<string, ServerLocation>(StringComparer.Ordinal);
        for (int s = 0; s < segments.Count; s++)
        {
            for (int slot = 0; slot < segments[s].Servers.Length; slot++)
            {
                if (segments[s].Servers[slot] is { } server)
                {
                    locations.Add(server.Id, new ServerLocation(s, slot));
                }
            }
        }

        return new ToolIndex(_settings, [.. segments], locations.ToImmutable());
    }

    /// <summary>Where the visible tool of a server is; null when there is none.</summary>
    internal (int Segment, int Document, IndexedTool Tool)? Locate(string serverName, string toolName, VisibleSet visible)
    {
        foreach (IndexedServer server in ServersNamed(serverName))
        {
            if (server.Block.Find(toolName) is { } tool && IsVisible(server, tool, visible))
            {
                ServerLocation location = _locations[server.Id];
                return (location.Segment, Segments[location.Segment].Segment.SlotStarts[location.Slot] + Array.IndexOf(server.Block.Tools, tool), tool);
            }
        }

        return null;
    }

    private IndexedServer?[] Writable(IndexedServer?[]?[] changed, ServerLocation location) =>
        changed[location.Segment] ??= [.. Segments[location.Segment].Servers];

    private IndexedServer[] ServersByName()
    {
        if (Volatile.Read(ref _byName) is { } known)
        {
            return known;
        }

        IndexedServer[] servers = [.. Segments.SelectMany(view => view.Servers).OfType<IndexedServer>()];
        Array.Sort(servers, static (a, b) => string.CompareOrdinal(a.Name, b.Name) is not 0 and int byName ? byName : string.CompareOrdinal(a.Id, b.Id));
        Volatile.Write(ref _byName, servers);
        return servers;
    }

    private ArraySegment<IndexedServer> ServersNamed(string name)
    {
        IndexedServer[] servers = ServersByName();
        int low = 0;
        int high = servers.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(servers[middle].Name, name) < 0 ? (middle + 1, high) : (low, middle);
        }

        int end = low;
        while (end < servers.Length && servers[end].Name == name)
        {
            end++;
        }

        return new ArraySegment<IndexedServer>(servers, low, end - low);
    }

    private bool IsVisible(IndexedServer server, IndexedTool tool, VisibleSet visible)
    {
        ServerLocation location = _locations[server.Id];
        int document = Segments[location.Segment].Segment.SlotStarts[location.Slot] + Array.IndexOf(server.Block.Tools, tool);
        return visible.HasSlot(location.Segment, location.Slot) && visible.HasDocument(location.Segment, document);
    }

    private IEnumerable<IndexedTool> VisibleTools(IndexedServer server, VisibleSet visible)
    {
        ServerLocation location = _locations[server.Id];
        if (!visible.HasSlot(location.Segment, location.Slot))
        {
            yield break;
        }

        int start = Segments[location.Segment].Segment.SlotStarts[location.Slot];
        for (int i = 0; i < server.Block.Tools.Length; i++)
        {
            if (visible.HasDocument(location.Segment, start + i))
            {
                yield return server.Block.Tools[i];
            }
        }
    }
}
