using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>Similarity of all visible tools to a query vector, by their byte codes; exact similarity for single tools.</summary>
internal sealed class SemanticScorer
{
    /// <summary>Score of a document that has no vector of the query's width.</summary>
    public const float Missing = float.NegativeInfinity;

    // Whole numbers add up to the same sum in any order of segments.
    private const double Steps = 1 << 24;

    private readonly float[] _query;
    private readonly sbyte[] _codes;
    private readonly float _scale;
    private long _sum;
    private long _squares;
    private int _count;
    private float[]? _vector;

    public SemanticScorer(ReadOnlySpan<float> query)
    {
        _query = query.ToArray();
        double length = Math.Sqrt(_query.Sum(value => (double)value * value));
        for (int i = 0; i < _query.Length && length > 0; i++)
        {
            _query[i] = (float)(_query[i] / length);
        }

        _codes = new sbyte[_query.Length];
        _scale = VectorCode.Encode(_query, _codes);
    }

    /// <summary>Whether the vector can be compared with anything.</summary>
    public bool IsUsable => _scale > 0;

    /// <summary>Number of tools compared.</summary>
    public int Count => _count;

    /// <summary>Mean similarity of the tools compared.</summary>
    public double Mean => _count == 0 ? 0 : _sum / Steps / _count;

    /// <summary>Standard deviation of the similarities.</summary>
    public double Deviation => _count == 0 ? 1 : Math.Sqrt(Math.Max(1e-6, (_squares / Steps / _count) - (Mean * Mean)));

    /// <summary>Writes the similarity of every document of the visible servers of a segment.</summary>
    public void Scan(SegmentView view, int segment, VisibleSet visible, Span<float> scores)
    {
        int dimension = _query.Length;
        for (int slot = 0; slot < view.Servers.Length; slot++)
        {
            Span<float> own = scores[view.Segment.SlotStarts[slot]..view.Segment.SlotStarts[slot + 1]];
            if (view.Servers[slot] is not { } server || !visible.HasSlot(segment, slot) || server.Block.Dimension != dimension)
            {
                own.Fill(Missing);
                continue;
            }

            ToolBlock block = server.Block;
            for (int i = 0; i < own.Length; i++)
            {
                if (block.Scales[i] == 0)
                {
                    own[i] = Missing;
                    continue;
                }

                float score = VectorCode.Dot(block.Codes.AsSpan(i * dimension, dimension), _codes) * (block.Scales[i] * _scale);
                own[i] = score;
                _sum += (long)(score * Steps);
                _squares += (long)(score * score * Steps);
                _count++;
            }
        }
    }

    /// <summary>The similarity of one tool by its half-float vector, or null without one. Summed in one fixed order.</summary>
    public double? Exact(ToolBlock block, int tool)
    {
        int dimension = _query.Length;
        if (block.Dimension != dimension || block.Scales[tool] == 0)
        {
            return null;
        }

        float[] vector = _vector ??= new float[dimension];
        TensorPrimitives.ConvertToSingle(block.Values.AsSpan(tool * dimension, dimension), vector);
        Vector256<float> sums = Vector256<float>.Zero;
        Vector256<float> squares = Vector256<float>.Zero;
        int at = 0;
        for (; at <= dimension - Vector256<float>.Count; at += Vector256<float>.Count)
        {
            Vector256<float> value = Vector256.LoadUnsafe(ref vector[at]);
            sums += value * Vector256.LoadUnsafe(ref _query[at]);
            squares += value * value;
        }

        double sum = Sum(sums);
        double square = Sum(squares);
        for (; at < dimension; at++)
        {
            sum += vector[at] * _query[at];
            square += vector[at] * vector[at];
        }

        return square > 0 ? sum / Math.Sqrt(square) : null;
    }

    private static double Sum(Vector256<float> lanes)
    {
        double sum = 0;
        for (int i = 0; i < Vector256<float>.Count; i++)
        {
            sum += lanes[i];
        }

        return sum;
    }
}
