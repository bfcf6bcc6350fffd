using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>Finds the visible documents with the nearest sketches: those that are worth a real comparison.</summary>
internal sealed class SketchScan(ToolIndex index, VisibleSet visible, Func<int, bool> isWanted)
{
    // Every so many sketches tell about how high the bar is; a number without a factor in common with groups and servers of round sizes.
    private const int SampledOneIn = 17;

    // The bar told by a part may be too high for all: a lower one costs little.
    private const double Reserve = 1.25;
    private const int FewestSampled = 16;

    /// <summary>At least <paramref name="count"/> documents, as far as there are so many: all whose sketches score as well as that many do.</summary>
    /// <param name="query">The unit vector of the request.</param>
    /// <param name="count">How many are wanted.</param>
    public List<NearDocument> Nearest(ReadOnlySpan<float> query, int count)
    {
        SketchTables tables = new(query);
        List<(int Segment, ScanRun Run, int Start)> runs = [];
        int places = 0;
        for (int s = 0; s < index.Segments.Length; s++)
        {
            ScanRows rows = index.Segments[s].Segment.Rows;
            foreach (ScanRun run in rows.Runs(visible, s, isWanted))
            {
                runs.Add((s, run, places));
                places += rows.PlaceCount(run);
            }
        }

        ushort[] scores = ArrayPool<ushort>.Shared.Rent(places);
        foreach ((int segment, ScanRun run, int start) in runs)
        {
            ScanRows rows = index.Segments[segment].Segment.Rows;
            tables.Score(rows.Sketches(run), run.Dimension, scores.AsSpan(start, rows.PlaceCount(run)));
        }

        List<NearDocument> near = Above(runs, scores.AsSpan(0, places), tables.MaxScore, count);
        ArrayPool<ushort>.Shared.Return(scores);
        return near;
    }

    private List<NearDocument> Above(List<(int Segment, ScanRun Run, int Start)> runs, ReadOnlySpan<ushort> scores, int maxScore, int count)
    {
        int[] histogram = new int[maxScore + 1];
        for (int i = 0; i < scores.Length; i += SampledOneIn)
        {
            histogram[scores[i]]++;
        }

        List<NearDocument> near = new(2 * count);
        for (int wanted = (int)(count * Reserve / SampledOneIn) + FewestSampled; ; wanted *= 2)
        {
            near.Clear();
            int bar = SketchTables.BarOf(histogram, wanted);
            foreach ((int segment, ScanRun run, int start) in runs)
            {
                AddAbove(scores.Slice(start, index.Segments[segment].Segment.Rows.PlaceCount(run)), bar, segment, run, near);
            }

            if (bar == 0 || near.Count >= count)
            {
                break;
            }
        }

        Array.Clear(histogram);
        foreach (NearDocument document in near)
        {
            histogram[document.Score]++;
        }

        int least = SketchTables.BarOf(histogram, count);
        near.RemoveAll(document => document.Score < least);
        return near;
    }

    private void AddAbove(ReadOnlySpan<ushort> scores, int bar, int segment, ScanRun run, List<NearDocument> near)
    {
        ScanRows rows = index.Segments[segment].Segment.Rows;
        ref ushort first = ref MemoryMarshal.GetReference(scores);
        Vector256<ushort> least = Vector256.Create((ushort)bar);

        // A run's places are whole groups, so that nothing is left over.
        for (int at = 0; at < scores.Length; at += Vector256<ushort>.Count)
        {
            uint bits = Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref first, (nuint)at), least).ExtractMostSignificantBits();
            for (; bits != 0; bits &= bits - 1)
            {
                int place = at + int.TrailingZeroCount((int)bits);
                if (rows.TryFind(run, place, out int slot, out int document) && visible.HasDocument(segment, document))
                {
                    near.Add(new NearDocument(segment, slot, document, scores[place]));
                }
            }
        }
    }
}
