namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>Joins segments into one, leaving deleted servers out. Works on postings alone; texts are not read again.</summary>
internal static class SegmentMerger
{
    /// <summary>The joined segment and, for each of its slots, where the server came from.</summary>
    public static (IndexSegment Segment, List<(SegmentView From, int Slot)> Sources) Merge(IReadOnlyList<SegmentView> views)
    {
        List<(SegmentView From, int Slot)> sources = [];
        List<int> slotStarts = [0];
        int[][] documentMaps = new int[views.Count][];
        int documents = 0;
        for (int v = 0; v < views.Count; v++)
        {
            IndexSegment segment = views[v].Segment;
            int[] map = documentMaps[v] = new int[segment.DocumentCount];
            Array.Fill(map, -1);
            for (int slot = 0; slot < segment.SlotCount; slot++)
            {
                if (views[v].Servers[slot] is not null)
                {
                    for (int document = segment.SlotStarts[slot]; document < segment.SlotStarts[slot + 1]; document++)
                    {
                        map[document] = documents++;
                    }

                    sources.Add((views[v], slot));
                    slotStarts.Add(documents);
                }
            }
        }

        int[] starts = [.. slotStarts];
        ScanRows rows = new([.. sources.Select(source => source.From.Segment.Rows.Slot(source.Slot))], starts);
        return (Join(views, documentMaps, starts, rows), sources);
    }

    private static IndexSegment Join(IReadOnlyList<SegmentView> views, int[][] documentMaps, int[] slotStarts, ScanRows rows)
    {
        Dictionary<string, int> termIds = new(StringComparer.Ordinal);
        List<string> terms = [];
        List<int> counts = [];
        int[][] termMaps = new int[views.Count][];
        for (int v = 0; v < views.Count; v++)
        {
            IndexSegment segment = views[v].Segment;
            int[] map = termMaps[v] = new int[segment.Terms.Length];
            for (int term = 0; term < map.Length; term++)
            {
                int alive = 0;
                foreach (int document in segment.Postings.Documents.AsSpan(segment.Postings.Starts[term]..segment.Postings.Starts[term + 1]))
                {
                    alive += documentMaps[v][document] >= 0 ? 1 : 0;
                }

                map[term] = -1;
                if (alive > 0)
                {
                    if (!termIds.TryGetValue(segment.Terms[term], out int id))
                    {
                        termIds.Add(segment.Terms[term], id = terms.Count);
                        terms.Add(segment.Terms[term]);
                        counts.Add(0);
                    }

                    map[term] = id;
                    counts[id] += alive;
                }
            }

        }

        int[] starts = new int[terms.Count + 1];
        for (int i = 0; i < counts.Count; i++)
        {
            starts[i + 1] = starts[i] + counts[i];
        }

        Postings joined = new(starts, new int[starts[^1]], new ushort[starts[^1]], new byte[starts[^1]]);
        int[] next = [.. starts];
        for (int v = 0; v < views.Count; v++)
        {
            CopyPostings(views[v].Segment, documentMaps[v], termMaps[v], joined, next);
        }

        return new IndexSegment(termIds, [.. terms], joined, slotStarts, JoinForward(views, documentMaps, termMaps), rows);
    }

    private static void CopyPostings(IndexSegment segment, int[] documentMap, int[] termMap, Postings joined, int[] next)
    {
        Postings from = segment.Postings;
        for (int term = 0; term < termMap.Length; term++)
        {
            if (termMap[term] < 0)
            {
                continue;
            }

            for (int i = from.Starts[term]; i < from.Starts[term + 1]; i++)
            {
                int document = documentMap[from.Documents[i]];
                if (document >= 0)
                {
                    int at = next[termMap[term]]++;
                    joined.Documents[at] = document;
                    joined.Weights[at] = from.Weights[i];
                    joined.Fields[at] = from.Fields[i];
                }
            }
        }
    }

    private static ForwardIndex JoinForward(IReadOnlyList<SegmentView> views, int[][] documentMaps, int[][] termMaps)
    {
        List<int> starts = [0];
        List<int> terms = [];
        List<byte> nameLengths = [];
        for (int v = 0; v < views.Count; v++)
        {
            ForwardIndex forward = views[v].Segment.Forward;
            for (int document = 0; document < documentMaps[v].Length; document++)
            {
                if (documentMaps[v][document] < 0)
                {
                    continue;
                }

                foreach (int term in forward.All(document))
                {
                    terms.Add(term == ForwardIndex.Gap ? term : termMaps[v][term]);
                }

                starts.Add(terms.Count);
                nameLengths.Add(forward.NameLengths[document]);
            }
        }

        return new ForwardIndex([.. starts], [.. terms], [.. nameLengths]);
    }
}
