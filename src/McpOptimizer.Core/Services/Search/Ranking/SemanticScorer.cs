using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>
/// Similarity of the visible tools to a query vector: of all of them by their byte codes when they are few, of those with the nearest
/// sketches when they are many. Exact similarity for single tools.
/// </summary>
internal sealed class SemanticScorer
{
    /// <summary>Score of a document that has no vector of the query's width.</summary>
    public const float Missing = float.NegativeInfinity;

    // Whole numbers add up to the same sum in any order of segments.
    private const int StepBits = 20;
    private const float Steps = 1 << StepBits;

    private const int FetchedAtOnce = 64;

    private readonly float[] _query;
    private readonly bool _comparesParts;
    private readonly float _stretch;
    private readonly short[] _codes;
    private readonly float _scale;
    private long _sum;
    private long _squares;
    private int _count;
    private float[]? _vector;

    /// <param name="query">The request's vector.</param>
    /// <param name="partLength">Length of what longer vectors begin with, to compare that with the query as well; null leaves them out.</param>
    public SemanticScorer(ReadOnlySpan<float> query, float? partLength = null)
    {
        _comparesParts = partLength is not null;
        _stretch = 1 / (partLength ?? 1);
        _query = query.ToArray();
        double length = Math.Sqrt(_query.Sum(value => (double)value * value));
        for (int i = 0; i < _query.Length && length > 0; i++)
        {
            _query[i] = (float)(_query[i] / length);
        }

        sbyte[] codes = new sbyte[_query.Length];
        _scale = VectorCode.Encode(_query, codes);
        _codes = [.. codes.Select(code => (short)code)];
    }

    /// <summary>Whether the vector can be compared with anything.</summary>
    public bool IsUsable => _scale > 0;

    /// <summary>Mean similarity of the visible tools.</summary>
    public double Mean => _count == 0 ? 0 : _sum / (double)Steps / _count;

    /// <summary>Standard deviation of the similarities.</summary>
    public double Deviation => _count == 0 ? 1 : Math.Sqrt(Math.Max(1e-6, (_squares / (double)Steps / _count) - (Mean * Mean)));

    /// <summary>Writes the similarity of every visible document, and <see cref="Missing"/> for the others.</summary>
    /// <param name="index">The snapshot.</param>
    /// <param name="visible">What may be seen.</param>
    /// <param name="narrowOnly">Counts longer vectors, but writes <see cref="Missing"/> for them: another scorer compares them whole.</param>
    /// <param name="scores">One array per segment.</param>
    public void ScanAll(ToolIndex index, VisibleSet visible, bool narrowOnly, float[][] scores)
    {
        for (int s = 0; s < scores.Length; s++)
        {
            ulong[]? bits = visible.DocumentBits(s);
            foreach ((ToolBlock? block, int start, int end) in Blocks(index, visible, s))
            {
                Span<float> own = scores[s].AsSpan(start..end);
                if (block is null)
                {
                    own.Fill(Missing);
                }
                else
                {
                    CompareAll(block, own, start, bits);
                    if (narrowOnly && block.Dimension != _query.Length)
                    {
                        own.Fill(Missing);
                    }
                }
            }
        }
    }

    /// <summary>Offers the similarity of at least <paramref name="survivors"/> visible documents, those with the nearest sketches.</summary>
    /// <param name="index">The snapshot.</param>
    /// <param name="visible">What may be seen.</param>
    /// <param name="survivors">How many are compared closely.</param>
    /// <param name="narrowOnly">Counts longer vectors, but offers none: another scorer compares them whole.</param>
    /// <param name="top">Who takes them.</param>
    public void OfferNearest(ToolIndex index, VisibleSet visible, int survivors, bool narrowOnly, TopDocuments top)
    {
        CountSamples(index, visible);
        List<NearDocument> near = new SketchScan(index, visible, narrowOnly ? IsWhole : Compares).Nearest(_query, survivors);
        ToolBlock[] blocks = new ToolBlock[FetchedAtOnce];
        for (int first = 0; first < near.Count; first += FetchedAtOnce)
        {
            ReadOnlySpan<NearDocument> some = CollectionsMarshal.AsSpan(near)[first..Math.Min(first + FetchedAtOnce, near.Count)];
            for (int i = 0; i < some.Length; i++)
            {
                SegmentView view = index.Segments[some[i].Segment];
                blocks[i] = view.Servers[some[i].Slot]!.Block;
                blocks[i].Fetch(some[i].Document - view.Segment.SlotStarts[some[i].Slot], _query.Length);
            }

            for (int i = 0; i < some.Length; i++)
            {
                int tool = some[i].Document - index.Segments[some[i].Segment].Segment.SlotStarts[some[i].Slot];
                if (blocks[i].Scales[tool] > 0)
                {
                    top.Offer(Compare(blocks[i], tool), some[i].Segment, some[i].Document);
                }
            }
        }
    }

    /// <summary>The similarity of one tool by its exact vector, or null without one. Summed in one fixed order.</summary>
    public double? Exact(ToolBlock block, int tool)
    {
        int dimension = _query.Length;
        if (!Compares(block.Dimension) || block.Scales[tool] == 0)
        {
            return null;
        }

        float[] vector = _vector ??= new float[dimension];
        block.Read(tool, vector);
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

    private bool IsWhole(int dimension) => dimension == _query.Length;

    private bool Compares(int dimension) => dimension == _query.Length || (_comparesParts && dimension > _query.Length);

    // A part of a vector is shorter than the whole, whose scale the codes have.
    private float ScaleOf(int dimension) => dimension == _query.Length ? _scale : _scale * _stretch;

    private void CountSamples(ToolIndex index, VisibleSet visible)
    {
        int[] products = [];
        for (int s = 0; s < index.Segments.Length; s++)
        {
            ScanRows rows = index.Segments[s].Segment.Rows;
            foreach (ScanRun run in rows.Runs(visible, s, Compares))
            {
                rows.Samples(run, out ReadOnlySpan<int> documents, out ReadOnlySpan<float> scales, out ReadOnlySpan<sbyte> codes);
                products = products.Length < documents.Length ? new int[documents.Length] : products;
                VectorCode.Dot(_codes, codes, run.Dimension, products.AsSpan(0, documents.Length));
                float step = ScaleOf(run.Dimension);
                for (int i = 0; i < documents.Length; i++)
                {
                    if (visible.HasDocument(s, documents[i]))
                    {
                        Count(products[i] * (scales[i] * step));
                    }
                }
            }
        }
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

    // The documents of each server slot; without a block where nothing can be compared.
    private IEnumerable<(ToolBlock? Block, int Start, int End)> Blocks(ToolIndex index, VisibleSet visible, int segment)
    {
        SegmentView view = index.Segments[segment];
        for (int slot = 0; slot < view.Servers.Length; slot++)
        {
            bool comparable = view.Servers[slot] is { } server && visible.HasSlot(segment, slot) && Compares(server.Block.Dimension);
            yield return (comparable ? view.Servers[slot]!.Block : null, view.Segment.SlotStarts[slot], view.Segment.SlotStarts[slot + 1]);
        }
    }

    // What is hidden does not count either: it must not move the mean, and with it the order of what is seen.
    private void CompareAll(ToolBlock block, Span<float> scores, int start, ulong[]? visible)
    {
        Span<int> products = MemoryMarshal.Cast<float, int>(scores);
        VectorCode.Dot(_codes, block.Codes, block.Dimension, products);
        float step = ScaleOf(block.Dimension);
        for (int i = 0; i < scores.Length; i++)
        {
            float scale = block.Scales[i];
            if (scale == 0 || !IsVisible(visible, start + i))
            {
                scores[i] = Missing;
                continue;
            }

            scores[i] = products[i] * (scale * step);
            Count(scores[i]);
        }
    }

    private static bool IsVisible(ulong[]? visible, int document) => visible is null || (visible[document >> 6] >> document & 1) != 0;

    private float Compare(ToolBlock block, int tool)
    {
        int product = 0;
        VectorCode.Dot(_codes, block.Codes.AsSpan(tool * block.Dimension, _query.Length), new Span<int>(ref product));
        return product * (block.Scales[tool] * ScaleOf(block.Dimension));
    }

    private void Count(float score)
    {
        long steps = (long)(score * Steps);
        _sum += steps;
        _squares += (steps * steps) >> StepBits;
        _count++;
    }
}
