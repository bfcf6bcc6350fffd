using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>Servers that become one segment, given in as many portions as they are read in: one vocabulary for all, and nothing to join afterwards.</summary>
internal sealed class SegmentBatch(SearchSettings settings)
{
    private readonly SegmentBuilder _builder = new(settings);
    private readonly List<IndexedServer> _servers = [];
    private readonly List<SlotRows> _rows = [];

    /// <summary>Number of tools so far.</summary>
    public int ToolCount { get; private set; }

    /// <summary>The servers so far, by slot.</summary>
    public IReadOnlyList<IndexedServer> Servers => _servers;

    /// <summary>Adds servers. Their ids must not be in the batch yet.</summary>
    public void Add(IReadOnlyCollection<ServerDocument> servers)
    {
        // Words and vectors have nothing to do with each other, and take about the same time.
        IndexedServer[] indexed = [];
        SlotRows[] rows = [];
        Parallel.Invoke(
            () =>
            {
                foreach (ServerDocument server in servers)
                {
                    _builder.Add(server);
                }
            },
            () =>
            {
                indexed = [.. servers.Select(Index)];
                rows = [.. servers.Zip(indexed, (server, known) => SlotRows.Of(server, known.Block))];
            });
        _servers.AddRange(indexed);
        _rows.AddRange(rows);
        ToolCount += servers.Sum(server => server.Tools.Count);
    }

    /// <summary>The segment; the batch takes nothing more.</summary>
    public SegmentView Build() => new(_builder.Build(_rows), [.. _servers]);

    private static IndexedServer Index(ServerDocument server) => new()
    {
        Id = server.Id,
        Name = server.Name,
        ContextName = server.ContextName,
        Description = server.Description,
        Group = server.Group,
        VirtualMcp = server.VirtualMcp,
        Status = server.Status,
        Block = new ToolBlock(server),
    };
}
