using System.Buffers;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>One need's scores of all visible tools: words and, with a vector, meaning.</summary>
internal sealed class NeedRun : IDisposable
{
    private readonly SearchSettings _settings;
    private readonly ToolIndex _index;
    private readonly float[][] _scores;
    private readonly float[][] _coverage;
    private float[][] _similarities = [];
    private readonly CandidateFeatures _features;

    public NeedRun(SearchSettings settings, ToolIndex index, IReadOnlyList<ResolvedTerm> terms, ReadOnlyMemory<float> vector)
    {
        _settings = settings;
        _index = index;
        _features = new CandidateFeatures(settings, index, terms);
        Terms = terms;
        Vector = vector;
        HasTerms = terms.Any(term => term.Variants.Count > 0);
        SemanticScorer semantic = new(vector.Span);
        Semantic = semantic.IsUsable ? semantic : null;
        _scores = HasTerms ? RentAll() : [];
        _coverage = HasTerms ? RentAll() : [];
    }

    /// <summary>What the need speaks of.</summary>
    public IReadOnlyList<ResolvedTerm> Terms { get; }

    /// <summary>The need's vector; empty without one.</summary>
    public ReadOnlyMemory<float> Vector { get; }

    /// <summary>Whether any visible tool holds any of the terms.</summary>
    public bool HasTerms { get; }

    /// <summary>The semantic side; null without a vector.</summary>
    public SemanticScorer? Semantic { get; }

    /// <summary>What a tool would score that matches every term as well as possible.</summary>
    public double IdealMass => _features.IdealMass;

    /// <summary>Scores all visible tools and adds the best of each side.</summary>
    public void Collect(VisibleSet visible, int count, HashSet<(int Segment, int Document)> found)
    {
        if (HasTerms)
        {
            LexicalScorer scorer = new(_settings);
            for (int s = 0; s < _index.Segments.Length; s++)
            {
                IndexSegment segment = _index.Segments[s].Segment;
                Array.Clear(_scores[s], 0, segment.DocumentCount);
                Array.Clear(_coverage[s], 0, segment.DocumentCount);
                scorer.Score(segment, Terms, _scores[s].AsSpan(0, segment.DocumentCount), _coverage[s].AsSpan(0, segment.DocumentCount));
            }

            AddTop(_scores, visible, count, 0, found);
        }

        if (Semantic is not null && visible.ToolCount <= _settings.FullScanTools)
        {
            _similarities = RentAll();
            Semantic.ScanAll(_index, visible, _similarities);
            AddTop(_similarities, visible, count, SemanticScorer.Missing, found);
        }
        else if (Semantic is not null)
        {
            // The fewer tools are wanted, the fewer need a close comparison.
            TopDocuments top = new(_index, count);
            Semantic.OfferNearest(_index, visible, _settings.ScanSurvivors * count / _settings.CandidateCount, top);
            Add(top, found);
        }
    }

    /// <summary>Looks closely at one tool.</summary>
    public NeedScore Score(Candidate candidate)
    {
        SegmentView view = _index.Segments[candidate.Segment];
        NeedScore score = new();
        if (HasTerms && _scores[candidate.Segment][candidate.Document] is > 0 and float bm25)
        {
            score.Bm25 = bm25;
            _features.Fill(score, view.Segment, candidate.Segment, candidate.Document, _coverage[candidate.Segment][candidate.Document]);
        }

        int slot = view.Segment.SlotOf[candidate.Document];
        if (Semantic?.Exact(view.Servers[slot]!.Block, candidate.Document - view.Segment.SlotStarts[slot]) is { } cosine)
        {
            candidate.HasVector = true;
            score.Cosine = cosine;
            score.Prominence = (cosine - Semantic.Mean) / Semantic.Deviation;
        }

        return score;
    }

    /// <summary>Gives the arrays back.</summary>
    public void Dispose()
    {
        foreach (float[] array in (float[][])[.. _scores, .. _coverage, .. _similarities])
        {
            ArrayPool<float>.Shared.Return(array);
        }
    }

    private void AddTop(float[][] scores, VisibleSet visible, int count, float floor, HashSet<(int Segment, int Document)> found)
    {
        TopDocuments top = new(_index, count);
        for (int s = 0; s < _index.Segments.Length; s++)
        {
            top.AddAll(scores[s].AsSpan(0, _index.Segments[s].Segment.DocumentCount), s, visible.DocumentBits(s), floor);
        }

        Add(top, found);
    }

    private static void Add(TopDocuments top, HashSet<(int Segment, int Document)> found)
    {
        foreach ((float _, int segment, int document) in top.Kept)
        {
            found.Add((segment, document));
        }
    }

    private float[][] RentAll() => [.. _index.Segments.Select(view => ArrayPool<float>.Shared.Rent(Math.Max(1, view.Segment.DocumentCount)))];
}
