using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>One server's part of <see cref="ScanRows"/>.</summary>
/// <param name="Dimension">Width of the vectors; 0 without vectors.</param>
/// <param name="Sketches">As <see cref="VectorSketch"/> lays them out.</param>
/// <param name="Sample">The tools, by their place, that stand for all when similarities are summed up.</param>
/// <param name="SampleCodes">Their codes, one tool after the other.</param>
/// <param name="SampleScales">What one step of their codes is worth.</param>
internal readonly record struct SlotRows(
    int Dimension, ReadOnlyMemory<byte> Sketches, ReadOnlyMemory<int> Sample, ReadOnlyMemory<sbyte> SampleCodes, ReadOnlyMemory<float> SampleScales)
{
    /// <summary>Groups of sketches.</summary>
    public int GroupCount => Dimension == 0 ? 0 : Sketches.Length / (VectorSketch.GroupSize * VectorSketch.BytesOf(Dimension));

    /// <summary>The rows of a server whose vectors a block has taken.</summary>
    public static SlotRows Of(ServerDocument server, ToolBlock block)
    {
        int dimension = block.Dimension;
        byte[] sketches = new byte[VectorSketch.LengthOf(block.Scales.Length, dimension)];
        List<int> sample = [];
        for (int i = 0; i < block.Scales.Length; i++)
        {
            ToolDocument tool = server.Tools[i];
            if (tool.Embedding.Length == dimension)
            {
                VectorSketch.Write(tool.Embedding.Span, sketches, i);
            }

            if (block.Scales[i] > 0 && VectorSketch.IsSampled(tool.Id))
            {
                sample.Add(i);
            }
        }

        sbyte[] codes = [.. sample.SelectMany(tool => block.Codes.AsSpan(tool * dimension, dimension).ToArray())];
        return new SlotRows(dimension, sketches, sample.ToArray(), codes, sample.ConvertAll(tool => block.Scales[tool]).ToArray());
    }
}
