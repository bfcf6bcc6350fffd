using System.Numerics;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>
/// Keeps the best documents of several segments; equal scores are told apart by server name, tool name and id, so that the cut is always the same.
/// </summary>
internal sealed class TopDocuments(ToolIndex index, int capacity)
{
    private readonly (float Score, int Segment, int Document)[] _heap = new (float, int, int)[capacity];
    private int _count;

    /// <summary>The documents kept, in no order.</summary>
    public ReadOnlySpan<(float Score, int Segment, int Document)> Kept => _heap.AsSpan(0, _count);

    /// <summary>Where a document's tool is.</summary>
    public static (ToolBlock Block, int At) PlaceOf(ToolIndex index, int segment, int document)
    {
        SegmentView view = index.Segments[segment];
        int slot = view.Segment.SlotOf[document];
        return (view.Servers[slot]!.Block, document - view.Segment.SlotStarts[slot]);
    }

    /// <summary>Offers one document.</summary>
    public void Offer(float score, int segment, int document) => Add((score, segment, document));

    /// <summary>Offers all documents of a segment that are visible and score above a floor.</summary>
    public void AddAll(ReadOnlySpan<float> scores, int segment, ulong[]? visible, float floor)
    {
        float bar = Bar(floor);
        int width = Vector<float>.Count;
        int document = 0;
        while (document < scores.Length)
        {
            // Nearly all documents are below the bar: they are passed by several at a time.
            if (document <= scores.Length - width && !Vector.GreaterThanOrEqualAny(new Vector<float>(scores[document..]), new Vector<float>(bar)))
            {
                document += width;
                continue;
            }

            for (int end = Math.Min(document + width, scores.Length); document < end; document++)
            {
                if (scores[document] >= bar && (visible is null || (visible[document >> 6] >> document & 1) != 0))
                {
                    Add((scores[document], segment, document));
                    bar = Bar(floor);
                }
            }
        }
    }

    // The least score that is still of interest.
    private float Bar(float floor) => _count == capacity ? Math.Max(MathF.BitIncrement(floor), _heap[0].Score) : MathF.BitIncrement(floor);

    private void Add((float Score, int Segment, int Document) entry)
    {
        if (_count < capacity)
        {
            int at = _count++;
            while (at > 0 && IsWorse(entry, _heap[(at - 1) / 2]))
            {
                _heap[at] = _heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }

            _heap[at] = entry;
        }
        else if (IsWorse(_heap[0], entry))
        {
            SiftDown(entry);
        }
    }

    private void SiftDown((float Score, int Segment, int Document) entry)
    {
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= _count)
            {
                break;
            }

            if (child + 1 < _count && IsWorse(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsWorse(_heap[child], entry))
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = entry;
    }

    private bool IsWorse((float Score, int Segment, int Document) left, (float Score, int Segment, int Document) right)
    {
        if (left.Score != right.Score)
        {
            return left.Score < right.Score;
        }

        (ToolBlock block, int at) = PlaceOf(index, left.Segment, left.Document);
        (ToolBlock otherBlock, int otherAt) = PlaceOf(index, right.Segment, right.Document);
        return ToolOrder.Compare(block, at, otherBlock, otherAt) > 0;
    }
}
