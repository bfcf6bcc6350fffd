using System.Numerics;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>
/// Keeps the best documents of several segments; equal scores are told apart by server name, tool name and id, so that the cut is always the same.
/// </summary>
internal sealed class TopDocuments(ToolIndex index, int capacity)
{
    private readonly Entry[] _heap = new Entry[capacity];
    private int _count;

    /// <summary>Where a document's tool is: its server, and its place in the server's block.</summary>
    public static (IndexedServer Server, int At) PlaceOf(ToolIndex index, int segment, int document)
    {
        SegmentView view = index.Segments[segment];
        int slot = view.Segment.SlotOf[document];
        return (view.Servers[slot]!, document - view.Segment.SlotStarts[slot]);
    }

    /// <summary>Adds the documents kept.</summary>
    public void AddTo(HashSet<(int Segment, int Document)> found)
    {
        foreach (Entry entry in _heap.AsSpan(0, _count))
        {
            found.Add((entry.Segment, entry.Document));
        }
    }

    /// <summary>Offers one document.</summary>
    public void Offer(float score, int segment, int document)
    {
        if (_count < capacity || score >= _heap[0].Score)
        {
            Add(score, segment, document);
        }
    }

    /// <summary>Offers all documents of a segment that are visible and score above a floor.</summary>
    public void AddAll(ReadOnlySpan<float> scores, int segment, ulong[]? visible, float floor)
    {
        float least = MathF.BitIncrement(floor);
        float bar = Bar(least);
        int width = Vector<float>.Count;
        int document = 0;

        // Up to here the documents are of a server whose tools come after the worst one kept: equal scores are not enough.
        int behindEnd = 0;
        while (document < scores.Length)
        {
            if (behindEnd > 0 && document >= behindEnd)
            {
                (behindEnd, bar) = (0, Bar(least));
            }

            // Nearly all documents are below the bar: they are passed by several at a time.
            int end = Math.Min(document + width, behindEnd > 0 ? behindEnd : scores.Length);
            if (end - document == width && !Vector.GreaterThanOrEqualAny(new Vector<float>(scores[document..]), new Vector<float>(bar)))
            {
                document = end;
                continue;
            }

            for (; document < end; document++)
            {
                if (scores[document] < bar || !(visible is null || (visible[document >> 6] >> document & 1) != 0))
                {
                    continue;
                }

                if (_count == capacity && scores[document] == _heap[0].Score && EndIfBehind(segment, document) is > 0 and int slotEnd)
                {
                    // What is worst can only get better, so that this holds for the rest of the server's tools.
                    (behindEnd, bar) = (slotEnd, MathF.BitIncrement(bar));
                    break;
                }

                Add(scores[document], segment, document);
                (behindEnd, bar) = (0, Bar(least));
            }
        }
    }

    // Where the documents of the document's server end, if the server comes after that of the worst one kept; else 0.
    private int EndIfBehind(int segment, int document)
    {
        SegmentView view = index.Segments[segment];
        int slot = view.Segment.SlotOf[document];
        string worst = PlaceOf(index, _heap[0].Segment, _heap[0].Document).Server.Name;
        return string.CompareOrdinal(view.Servers[slot]!.Name, worst) > 0 ? view.Segment.SlotStarts[slot + 1] : 0;
    }

    // The least score that is still of interest.
    private float Bar(float least) => _count == capacity ? Math.Max(least, _heap[0].Score) : least;

    private void Add(float score, int segment, int document)
    {
        Entry entry = new(score, segment, document);
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

    private void SiftDown(in Entry entry)
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

    private bool IsWorse(in Entry left, in Entry right)
    {
        if (left.Score != right.Score)
        {
            return left.Score < right.Score;
        }

        (IndexedServer server, int at) = PlaceOf(index, left.Segment, left.Document);
        (IndexedServer other, int otherAt) = PlaceOf(index, right.Segment, right.Document);
        return ToolOrder.Compare(server, at, other, otherAt) > 0;
    }

    private readonly record struct Entry(float Score, int Segment, int Document);
}
