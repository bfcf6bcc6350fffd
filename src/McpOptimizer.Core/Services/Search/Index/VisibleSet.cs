using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>What one scope sees of one snapshot: worked out once and then only read.</summary>
internal sealed class VisibleSet
{
    private readonly bool[][] _slots;
    private readonly ulong[]?[] _documents;

    public VisibleSet(ToolIndex index, VisibilityScope scope)
    {
        HashSet<string> groupsWithVirtual = GroupsWithVirtual(index, scope);
        _slots = new bool[index.Segments.Length][];
        _documents = new ulong[index.Segments.Length][];
        for (int s = 0; s < _slots.Length; s++)
        {
            SegmentView view = index.Segments[s];
            bool[] slots = _slots[s] = new bool[view.Servers.Length];
            ulong[] documents = new ulong[(view.Segment.DocumentCount + 63) / 64];
            int before = ToolCount;
            for (int slot = 0; slot < slots.Length; slot++)
            {
                if (view.Servers[slot] is { } server && Sees(scope, server, groupsWithVirtual))
                {
                    slots[slot] = Mark(scope, server, view.Segment.SlotStarts[slot], documents);
                    ServerCount += slots[slot] ? 1 : 0;
                }
            }

            _documents[s] = ToolCount - before == view.Segment.DocumentCount ? null : documents;
        }
    }

    /// <summary>Tokens of the definitions of everything visible.</summary>
    public long BaselineTokens { get; private set; }

    /// <summary>Number of visible tools.</summary>
    public int ToolCount { get; private set; }

    /// <summary>Number of servers with visible tools.</summary>
    public int ServerCount { get; private set; }

    /// <summary>Whether any tool of the server slot is visible.</summary>
    public bool HasSlot(int segment, int slot) => _slots[segment][slot];

    /// <summary>Whether the document is visible.</summary>
    public bool HasDocument(int segment, int document) => _documents[segment] is not { } bits || (bits[document >> 6] >> document & 1) != 0;

    /// <summary>One bit per document of the segment; null when all are visible.</summary>
    public ulong[]? DocumentBits(int segment) => _documents[segment];

    private static HashSet<string> GroupsWithVirtual(ToolIndex index, VisibilityScope scope)
    {
        HashSet<string> groups = new(StringComparer.Ordinal);
        if (scope.Groups is null)
        {
            return groups;
        }

        foreach (SegmentView view in index.Segments)
        {
            foreach (IndexedServer? server in view.Servers)
            {
                if (server is { Status: ServerStatus.Running, VirtualMcp: true })
                {
                    groups.Add(server.Group);
                }
            }
        }

        return groups;
    }

    private static bool Sees(VisibilityScope scope, IndexedServer server, HashSet<string> groupsWithVirtual) =>
        server.Status == ServerStatus.Running
        && (scope.Groups is null || (scope.Groups.Contains(server.Group) && (server.VirtualMcp || !groupsWithVirtual.Contains(server.Group))))
        && (scope.AllowsServer is null || scope.AllowsServer(server.Name));

    private bool Mark(VisibilityScope scope, IndexedServer server, int start, ulong[] documents)
    {
        IndexedTool[] tools = server.Block.Tools;
        int before = ToolCount;
        for (int i = 0; i < tools.Length; i++)
        {
            if (scope.AllowsTool is null || scope.AllowsTool(server.Name, tools[i]))
            {
                documents[(start + i) >> 6] |= 1UL << (start + i);
                ToolCount++;
                BaselineTokens += tools[i].TokenCount;
            }
        }

        return ToolCount > before;
    }
}
