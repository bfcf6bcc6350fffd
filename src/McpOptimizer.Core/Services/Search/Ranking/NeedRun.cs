using System.Buffers;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>One need's scores of all visible tools: words and, with a vector, meaning, in two spaces where there are two.</summary>
internal sealed class NeedRun : IDisposable
{
    private readonly SearchSettings _settings;
    private readonly ToolIndex _index;
    private readonly float[][] _scores;
    private readonly float[][] _coverage;
    private readonly List<float[][]> _similarities = [];
    private readonly SpaceLayout? _layout;
    private readonly CandidateFeatures _features;

    public NeedRun(SearchSettings settings, ToolIndex index, IReadOnlyList<ResolvedTerm> terms, ReadOnlyMemory<float> vector, SpaceLayout? layout)
    {
        _layout = layout;
        _settings = settings;
        _index = index;
        _features = new CandidateFeatures(settings, index, terms);
        Terms = terms;
        Vector = layout is { } spaces ? (vector.Length >= spaces.BuiltIn ? CheckedGeneration.ToUnitLength(vector[..spaces.BuiltIn]) : default) : vector;
        HasTerms = terms.Any(term => term.Variants.Count > 0);
        Semantic = layout is null || vector.Length > layout.Value.BuiltIn ? Usable(new SemanticScorer(vector.Span)) : null;
        BuiltIn = layout is { } parts && vector.Length >= parts.BuiltIn ? Usable(new SemanticScorer(vector.Span[..parts.BuiltIn], parts.Root)) : null;
        _scores = HasTerms ? RentAll() : [];
        _coverage = HasTerms ? RentAll() : [];
    }

    /// <summary>What the need speaks of.</summary>
    public IReadOnlyList<ResolvedTerm> Terms { get; }

    /// <summary>The need's vector by which requests are remembered, of two spaces the built-in one; empty without one.</summary>
    public ReadOnlyMemory<float> Vector { get; }

    /// <summary>Whether any visible tool holds any of the terms.</summary>
    public bool HasTerms { get; }

    /// <summary>The semantic side, in both spaces where there are two; null without a complete vector.</summary>
    public SemanticScorer? Semantic { get; }

    /// <summary>The built-in space alone, where there are two; null otherwise.</summary>
    public SemanticScorer? BuiltIn { get; }

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

        Collect(Semantic, visible, count, narrowOnly: false, found);
        Collect(BuiltIn, visible, count, narrowOnly: Semantic is not null, found);
    }

    /// <summary>Asks for what <see cref="Score"/> reads of a tool, so that it comes while others are asked for.</summary>
    public static void Fetch(Candidate candidate) => candidate.Server.Block.Fetch(candidate.At, candidate.Server.Block.Dimension, withRemainders: true);

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

        (ToolBlock block, int tool) = (candidate.Server.Block, candidate.At);
        double? builtIn = BuiltIn?.Exact(block, tool);
        SemanticScorer? side = Semantic;
        if (Semantic?.Exact(block, tool) is not { } cosine)
        {
            // Not embedded by the host's generator, or the request is not: what the built-in vectors say stands for all.
            (side, cosine) = (BuiltIn, builtIn ?? 0);
        }
        else if (_layout is { } layout)
        {
            score.Encoder = (cosine - (layout.Share * (builtIn ?? 0))) / (1 - layout.Share);
        }

        if (side is not null && (side == Semantic || builtIn is not null))
        {
            candidate.HasVector = true;
            score.Cosine = cosine;
            score.BuiltIn = builtIn ?? (_layout is null ? cosine : 0);
            score.Prominence = (cosine - side.Mean) / side.Deviation;
        }

        return score;
    }

    /// <summary>Gives the arrays back.</summary>
    public void Dispose()
    {
        foreach (float[] array in (float[][])[.. _scores, .. _coverage, .. _similarities.SelectMany(side => side)])
        {
            ArrayPool<float>.Shared.Return(array);
        }
    }

    private static SemanticScorer? Usable(SemanticScorer scorer) => scorer.IsUsable ? scorer : null;

    private void Collect(SemanticScorer? side, VisibleSet visible, int count, bool narrowOnly, HashSet<(int Segment, int Document)> found)
    {
        if (side is null)
        {
            return;
        }

        if (visible.ToolCount <= _settings.FullScanTools)
        {
            float[][] similarities = RentAll();
            _similarities.Add(similarities);
            side.ScanAll(_index, visible, narrowOnly, similarities);
            AddTop(similarities, visible, count, SemanticScorer.Missing, found);
            return;
        }

        // The fewer tools are wanted, the fewer need a close comparison.
        TopDocuments top = new(_index, count);
        side.OfferNearest(_index, visible, _settings.ScanSurvivors * count / _settings.CandidateCount, narrowOnly, top);
        top.AddTo(found);
    }

    private void AddTop(float[][] scores, VisibleSet visible, int count, float floor, HashSet<(int Segment, int Document)> found)
    {
        TopDocuments top = new(_index, count);
        for (int s = 0; s < _index.Segments.Length; s++)
        {
            top.AddAll(scores[s].AsSpan(0, _index.Segments[s].Segment.DocumentCount), s, visible.DocumentBits(s), floor);
        }

        top.AddTo(found);
    }

    private float[][] RentAll() => [.. _index.Segments.Select(view => ArrayPool<float>.Shared.Rent(Math.Max(1, view.Segment.DocumentCount)))];
}
