using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>
/// The names of the tools in an index, kept from one batch of new tools to the next: gathered anew each time, a first ingestion would take time with the square
/// of what it takes in.
/// </summary>
internal sealed class KnownNames
{
    private readonly HashSet<ToolBlock> _blocks = new(ReferenceEqualityComparer.Instance);
    private LookAlikes _names = new();

    /// <summary>The names in an index.</summary>
    public LookAlikes Of(ToolIndex index)
    {
        IndexedServer[] servers = [.. index.Segments.SelectMany(view => view.Servers).OfType<IndexedServer>()];
        if (servers.Count(server => _blocks.Contains(server.Block)) < _blocks.Count)
        {
            // One is gone, and its names with it.
            Clear();
        }

        foreach (IndexedServer server in servers)
        {
            if (_blocks.Add(server.Block))
            {
                foreach (IndexedTool tool in server.Block.Tools)
                {
                    _names.Add(server.Name, tool.Name);
                }
            }
        }

        return _names;
    }

    /// <summary>Gives their memory back.</summary>
    public void Clear()
    {
        if (_blocks.Count > 0)
        {
            _blocks.Clear();
            _blocks.TrimExcess();
            _names = new LookAlikes();
        }
    }
}
