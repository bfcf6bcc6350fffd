using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>
/// The tools of one server with their vectors. Immutable and shared by every snapshot and segment that holds the server, so that merging
/// segments moves postings only. A vector is kept as one byte per component for the scan, and as that byte and
/// what it leaves over for exact scores; its signs, for a first look, are in <see cref="ScanRows"/>.
/// </summary>
internal sealed class ToolBlock
{
    private const int CacheLine = 64;

    // The tools by name: a dictionary for each server would take a third of what the names themselves do.
    private readonly int[] _order;

    public ToolBlock(ServerDocument server)
    {
        int count = server.Tools.Count;
        Tools = new IndexedTool[count];
        PackedDefinitions definitions = new([.. server.Tools.Select(tool => tool.DefinitionJson)]);
        for (int i = 0; i < count; i++)
        {
            ToolDocument tool = server.Tools[i];
            Tools[i] = new IndexedTool
            {
                Id = tool.Id,
                ServerId = server.Id,
                ServerName = server.Name,
                Name = tool.Name,
                DefinitionJson = default,
                TokenCount = tool.TokenCount,
                Packed = definitions,
                Place = i,
            };
            TokenCount += tool.TokenCount;
        }

        Dimension = WidthOfMost(server.Tools);
        Codes = new sbyte[count * Dimension];
        Remainders = new byte[count * VectorCode.RemainderBytes(Dimension)];
        Scales = Dimension == 0 ? [] : new float[count];
        for (int i = 0; i < count && Dimension > 0; i++)
        {
            ReadOnlySpan<float> vector = server.Tools[i].Embedding.Span;
            if (vector.Length == Dimension)
            {
                Scales[i] = VectorCode.Encode(vector, Codes.AsSpan(i * Dimension, Dimension), Rest(i));
            }
        }

        (_order, Places) = Sort(Tools);
    }

    /// <summary>The tools in the order of the server document.</summary>
    public IndexedTool[] Tools { get; }

    /// <summary>Each tool's place among those of the server by name, then id: tells tools of equal score apart without comparing texts.</summary>
    public int[] Places { get; }

    /// <summary>Width of the vectors; 0 without vectors.</summary>
    public int Dimension { get; }

    /// <summary>One signed byte per component, tool after tool.</summary>
    public sbyte[] Codes { get; }

    /// <summary>What one step of a tool's codes is worth; 0 when the tool has no vector.</summary>
    public float[] Scales { get; }

    /// <summary>What the codes leave over, tool after tool; read by <see cref="Read"/>.</summary>
    public byte[] Remainders { get; }

    /// <summary>Tokens of all definitions.</summary>
    public long TokenCount { get; }

    /// <summary>The tool of a name, or null.</summary>
    public IndexedTool? Find(string name)
    {
        int low = 0;
        int high = _order.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(Tools[_order[middle]].Name, name) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low < _order.Length && Tools[_order[low]] is { } tool && tool.Name == name ? tool : null;
    }

    /// <summary>Writes the first components of a tool's vector: its direction, not its length.</summary>
    public void Read(int tool, Span<float> vector) =>
        VectorCode.Decode(Codes.AsSpan(tool * Dimension, vector.Length), Rest(tool), vector);

    /// <summary>
    /// Asks for a tool's vector: the vectors of a search lie all over the memory, and come together when they are asked for together, where reading one after
    /// the other would wait for each.
    /// </summary>
    /// <param name="tool">Its place.</param>
    /// <param name="components">How many of its first components will be read.</param>
    /// <param name="withRemainders">Whether what the codes leave over will be read, too.</param>
    public void Fetch(int tool, int components, bool withRemainders = false)
    {
        ReadOnlySpan<sbyte> codes = Codes.AsSpan(tool * Dimension, components);
        for (int at = 0; at < codes.Length; at += CacheLine)
        {
            _ = Volatile.Read(in codes[at]);
        }

        ReadOnlySpan<byte> rest = withRemainders ? Rest(tool) : [];
        for (int at = 0; at < rest.Length; at += CacheLine)
        {
            _ = Volatile.Read(in rest[at]);
        }
    }

    private Span<byte> Rest(int tool) => Remainders.AsSpan(tool * VectorCode.RemainderBytes(Dimension), VectorCode.RemainderBytes(Dimension));

    private static (int[] Order, int[] Places) Sort(IndexedTool[] tools)
    {
        int[] order = [.. Enumerable.Range(0, tools.Length)];
        Array.Sort(order, (a, b) =>
        {
            int byName = string.CompareOrdinal(tools[a].Name, tools[b].Name);
            return byName != 0 ? byName : string.CompareOrdinal(tools[a].Id, tools[b].Id);
        });
        int[] places = new int[tools.Length];
        for (int i = 0; i < order.Length; i++)
        {
            places[order[i]] = i;
        }

        return (order, places);
    }

    // While vectors of a new model replace those of another, a server may hold two widths: the rarer ones wait.
    private static int WidthOfMost(IReadOnlyList<ToolDocument> tools)
    {
        if (tools.All(tool => tool.Embedding.Length == tools[0].Embedding.Length))
        {
            return tools.Count == 0 ? 0 : tools[0].Embedding.Length;
        }

        int width = 0;
        int most = 0;
        foreach (IGrouping<int, ToolDocument> group in tools.Where(tool => !tool.Embedding.IsEmpty).GroupBy(tool => tool.Embedding.Length))
        {
            int count = group.Count();
            if (count > most || (count == most && group.Key > width))
            {
                (width, most) = (group.Key, count);
            }
        }

        return width;
    }
}
