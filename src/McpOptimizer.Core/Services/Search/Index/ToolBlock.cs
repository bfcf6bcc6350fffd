using System.Numerics.Tensors;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>
/// The tools of one server with their vectors. Immutable and shared by every snapshot and segment that holds the server, so that merging
/// segments moves postings only. Vectors are kept three times: as one bit per
/// component for a first look, as one byte for the scan, as half floats for exact scores.
/// </summary>
internal sealed class ToolBlock
{
    private readonly Dictionary<string, int> _byName;

    public ToolBlock(ServerDocument server)
    {
        int count = server.Tools.Count;
        Tools = new IndexedTool[count];
        _byName = new Dictionary<string, int>(count, StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            ToolDocument tool = server.Tools[i];
            Tools[i] = new IndexedTool
            {
                Id = tool.Id,
                ServerId = server.Id,
                ServerName = server.Name,
                Name = tool.Name,
                DefinitionJson = tool.DefinitionJson,
                TokenCount = tool.TokenCount,
            };
            _byName.TryAdd(tool.Name, i);
            TokenCount += tool.TokenCount;
        }

        Dimension = WidthOfMost(server.Tools);
        Codes = new sbyte[count * Dimension];
        Values = new Half[count * Dimension];
        Scales = Dimension == 0 ? [] : new float[count];
        Sketches = new byte[VectorSketch.LengthOf(count, Dimension)];
        List<int> sample = [];
        for (int i = 0; i < count && Dimension > 0; i++)
        {
            ReadOnlySpan<float> vector = server.Tools[i].Embedding.Span;
            if (vector.Length == Dimension)
            {
                Scales[i] = VectorCode.Encode(vector, Codes.AsSpan(i * Dimension, Dimension));
                TensorPrimitives.ConvertToHalf(vector, Values.AsSpan(i * Dimension, Dimension));
                VectorSketch.Write(vector, Sketches, i);
                if (Scales[i] > 0 && VectorSketch.IsSampled(Tools[i].Id))
                {
                    sample.Add(i);
                }
            }
        }

        Sample = [.. sample];
        Places = PlacesOf(Tools);
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

    /// <summary>The vectors as half floats, tool after tool.</summary>
    public Half[] Values { get; }

    /// <summary>The signs of each vector's components, as <see cref="VectorSketch"/> lays them out.</summary>
    public byte[] Sketches { get; }

    /// <summary>The tools, by their place, that stand for all when similarities are summed up.</summary>
    public int[] Sample { get; }

    /// <summary>Tokens of all definitions.</summary>
    public long TokenCount { get; }

    /// <summary>The tool of a name, or null.</summary>
    public IndexedTool? Find(string name) => _byName.TryGetValue(name, out int at) ? Tools[at] : null;

    private static int[] PlacesOf(IndexedTool[] tools)
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

        return places;
    }

    // While vectors of a new model replace those of another, a server may hold two widths: the rarer ones wait.
    private static int WidthOfMost(IReadOnlyList<ToolDocument> tools)
    {
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
