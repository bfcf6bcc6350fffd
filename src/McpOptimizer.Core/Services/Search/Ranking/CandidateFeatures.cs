using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search.Index;
using McpOptimizer.Core.Services.Search.Text;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>Looks closely at single tools: how much of the name a request covers, and whether its words stand together.</summary>
internal sealed class CandidateFeatures
{
    private const int FewestNameWords = 2;
    private const float OwnWord = 0.99f;

    private readonly SearchSettings _settings;
    private readonly IReadOnlyList<ResolvedTerm> _terms;
    private readonly Matches[] _matches;
    private readonly double _ideal;
    private readonly double _idealPairs;

    public CandidateFeatures(SearchSettings settings, ToolIndex index, IReadOnlyList<ResolvedTerm> terms)
    {
        _settings = settings;
        _terms = terms;
        _ideal = Math.Max(1e-9, terms.Sum(term => (double)term.Mass));
        for (int i = 1; i < terms.Count; i++)
        {
            _idealPairs += PairMass(i);
        }

        _matches = [.. index.Segments.Select(view => MatchesIn(view.Segment))];
    }

    /// <summary>What a tool would score that matches every term as well as possible.</summary>
    public double IdealMass => _ideal;

    /// <summary>Fills the lexical side of a score whose BM25 is known.</summary>
    public void Fill(NeedScore score, IndexSegment segment, int segmentNumber, int document, double coverage)
    {
        Matches matches = _matches[segmentNumber];
        score.Coverage = coverage / _ideal;
        score.IsNamed = IsNamed(segment, segment.Forward.Name(document), matches);
        score.Lexical = (score.Bm25 / _ideal)
            + (_settings.CoverageWeight * score.Coverage)
            + (_settings.NameCoverageWeight * NameCoverage(segment.Forward.Name(document), matches))
            + (_settings.AdjacencyWeight * Adjacency(segment.Forward.All(document), matches));
    }

    private Matches MatchesIn(IndexSegment segment)
    {
        Matches matches = new();
        for (int i = 0; i < _terms.Count; i++)
        {
            foreach ((string term, float worth) in _terms[i].Variants)
            {
                int id = segment.TermId(term);
                if (id >= 0 && (!matches.TryGetValue(id, out (int Order, float Worth) known) || known.Worth < worth))
                {
                    matches.Set(id, (i, worth));
                }
            }
        }

        return matches;
    }

    // The share of the name that is asked for, times the share of the request that the name answers.
    private double NameCoverage(ReadOnlySpan<int> name, Matches matches)
    {
        double covered = 0;
        double answered = 0;
        ulong seen = 0;
        foreach (int term in name)
        {
            if (matches.TryGetValue(term, out (int Order, float Worth) match))
            {
                covered += Math.Min(1, match.Worth / _terms[match.Order].Mass);
                ulong bit = 1UL << (match.Order & 63);
                if ((seen & bit) == 0)
                {
                    answered += match.Worth;
                    seen |= bit;
                }
            }
        }

        return name.Length == 0 ? 0 : Math.Sqrt(covered / name.Length * (answered / _ideal));
    }

    private bool IsNamed(IndexSegment segment, ReadOnlySpan<int> name, Matches matches)
    {
        int said = 0;
        foreach (int term in name)
        {
            if (matches.TryGetValue(term, out (int Order, float Worth) match))
            {
                // A synonym is not the name.
                if (match.Worth < OwnWord * _terms[match.Order].Mass)
                {
                    return false;
                }

                said++;
            }
            else if (!StopWords.IsSilent(segment.Terms[term]))
            {
                return false;
            }
        }

        return said >= FewestNameWords;
    }

    // The share of the request's neighbouring words that stand side by side in the text.
    private double Adjacency(ReadOnlySpan<int> text, Matches matches)
    {
        if (_idealPairs <= 0)
        {
            return 0;
        }

        double mass = 0;
        ulong seen = 0;
        int previous = -1;
        foreach (int term in text)
        {
            int order = term != ForwardIndex.Gap && matches.TryGetValue(term, out (int Order, float Worth) match) ? match.Order : -1;
            if (order > 0 && previous == order - 1 && (seen & (1UL << (order & 63))) == 0)
            {
                mass += PairMass(order);
                seen |= 1UL << (order & 63);
            }

            previous = order;
        }

        return mass / _idealPairs;
    }

    private double PairMass(int second) => Math.Min(_terms[second - 1].Mass, _terms[second].Mass);

    // The request's terms in one segment. Nearly every term of a text is none of them, which two shifts tell.
    private sealed class Matches
    {
        private const int Words = 64;

        private readonly Dictionary<int, (int Order, float Worth)> _known = [];
        private readonly ulong[] _bits = new ulong[Words];

        public bool TryGetValue(int term, out (int Order, float Worth) match)
        {
            match = default;
            return (_bits[(term >> 6) & (Words - 1)] >> term & 1) != 0 && _known.TryGetValue(term, out match);
        }

        public void Set(int term, (int Order, float Worth) match)
        {
            _known[term] = match;
            _bits[(term >> 6) & (Words - 1)] |= 1UL << term;
        }
    }
}
