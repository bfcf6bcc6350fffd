using System.Buffers;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>Ranks the visible tools of a snapshot for one request.</summary>
internal sealed class Ranker(SearchSettings settings, ToolIndex index, VisibleSet visible)
{
    private readonly Dictionary<(int Segment, int Document), Candidate> _candidates = [];

    /// <summary>The best tools, best first.</summary>
    public RankedTools Rank(ParsedQuery query, IReadOnlyList<ReadOnlyMemory<float>> vectors, TermResolver resolver, int limit)
    {
        IReadOnlyList<ResolvedTerm> terms = resolver.Resolve(query);
        float[][] scores = RentAll();
        float[][] coverage = RentAll();
        float[][]? similarities = null;
        try
        {
            CollectLexical(terms, scores, coverage);
            SemanticScorer? semantic = vectors.Count > 0 ? new SemanticScorer(vectors[0].Span) : null;
            if (semantic is { IsUsable: true })
            {
                similarities = RentAll();
                CollectSemantic(semantic, similarities);
            }

            Fill(terms, scores, coverage, semantic);
        }
        finally
        {
            Return(scores);
            Return(coverage);
            Return(similarities);
        }

        return Fuse(limit);
    }

    private RankedTools Fuse(int limit)
    {
        Candidate[] all = [.. _candidates.Values];
        NumberRanks(all);
        foreach (Candidate candidate in all)
        {
            candidate.Score = candidate.Lexical;
            if (candidate.HasVector)
            {
                candidate.Score += settings.SemanticWeight * candidate.Prominence / 8;
            }
        }

        Array.Sort(all, static (a, b) => Candidate.Compare(a, b, a.Score, b.Score));
        return new RankedTools([.. all.Take(limit)], 0, settings.SemanticWeight);
    }

    private static void NumberRanks(Candidate[] all)
    {
        Array.Sort(all, static (a, b) => Candidate.Compare(a, b, a.Lexical, b.Lexical));
        for (int i = 0; i < all.Length && all[i].Lexical > 0; i++)
        {
            all[i].LexicalRank = i + 1;
        }

        Array.Sort(all, static (a, b) => Candidate.Compare(a, b, a.HasVector ? a.Cosine : -2, b.HasVector ? b.Cosine : -2));
        for (int i = 0; i < all.Length && all[i].HasVector; i++)
        {
            all[i].SemanticRank = i + 1;
        }
    }

    private void CollectLexical(IReadOnlyList<ResolvedTerm> terms, float[][] scores, float[][] coverage)
    {
        LexicalScorer scorer = new(settings);
        TopDocuments top = new(index, settings.CandidateCount);
        for (int s = 0; s < index.Segments.Length; s++)
        {
            IndexSegment segment = index.Segments[s].Segment;
            Span<float> own = scores[s].AsSpan(0, segment.DocumentCount);
            Span<float> covered = coverage[s].AsSpan(0, segment.DocumentCount);
            own.Clear();
            covered.Clear();
            scorer.Score(segment, terms, own, covered);
            top.AddAll(own, s, visible.DocumentBits(s), floor: 0);
        }

        AddCandidates(top);
    }

    private void CollectSemantic(SemanticScorer semantic, float[][] similarities)
    {
        if (visible.ToolCount <= settings.FullScanTools)
        {
            semantic.ScanAll(index, visible, similarities);
        }
        else
        {
            semantic.ScanNearest(index, visible, similarities, settings.ScanSurvivors);
        }

        TopDocuments top = new(index, settings.CandidateCount);
        for (int s = 0; s < index.Segments.Length; s++)
        {
            top.AddAll(similarities[s].AsSpan(0, index.Segments[s].Segment.DocumentCount), s, visible.DocumentBits(s), floor: SemanticScorer.Missing);
        }

        AddCandidates(top);
    }

    private void AddCandidates(TopDocuments top)
    {
        foreach ((float _, int segment, int document) in top.Sorted())
        {
            _candidates.TryAdd((segment, document), new Candidate(segment, document, TopDocuments.ToolOf(index, segment, document)));
        }
    }

    private void Fill(IReadOnlyList<ResolvedTerm> terms, float[][] scores, float[][] coverage, SemanticScorer? semantic)
    {
        CandidateFeatures features = new(settings, index, terms);
        foreach (Candidate candidate in _candidates.Values)
        {
            SegmentView view = index.Segments[candidate.Segment];
            candidate.Bm25 = scores[candidate.Segment][candidate.Document];
            if (candidate.Bm25 > 0)
            {
                candidate.Lexical = features.Score(
                    view.Segment, candidate.Segment, candidate.Document, candidate.Bm25, coverage[candidate.Segment][candidate.Document]);
            }

            if (semantic is { IsUsable: true })
            {
                int slot = view.Segment.SlotOf[candidate.Document];
                double? cosine = semantic.Exact(view.Servers[slot]!.Block, candidate.Document - view.Segment.SlotStarts[slot]);
                candidate.HasVector = cosine is not null;
                candidate.Cosine = cosine ?? 0;
                candidate.Prominence = cosine is null ? 0 : (candidate.Cosine - semantic.Mean) / semantic.Deviation;
            }
        }
    }

    private float[][] RentAll() => [.. index.Segments.Select(view => ArrayPool<float>.Shared.Rent(Math.Max(1, view.Segment.DocumentCount)))];

    private static void Return(float[][]? arrays)
    {
        foreach (float[] array in arrays ?? [])
        {
            ArrayPool<float>.Shared.Return(array);
        }
    }
}
