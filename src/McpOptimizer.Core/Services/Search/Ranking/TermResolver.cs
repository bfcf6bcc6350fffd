using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search.Index;
using McpOptimizer.Core.Services.Search.Text;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>Looks the terms of a request up in the visible part of the index: what stands for them, and how rare it is.</summary>
internal sealed class TermResolver(SearchSettings settings, ToolIndex index, VisibleSet visible)
{
    private const int MaxSimilar = 8;
    private const int MinSimilarLength = 4;

    private readonly Dictionary<string, int> _frequencies = new(StringComparer.Ordinal);

    /// <summary>Whether any visible tool holds the term.</summary>
    public bool IsKnown(string term) => Frequency(term) > 0;

    /// <summary>Resolves all terms; those that no visible tool holds in any form stay, without variants, because they tell how much of the request is understood.</summary>
    public IReadOnlyList<ResolvedTerm> Resolve(IReadOnlyList<QueryTerm> terms)
    {
        List<ResolvedTerm> resolved = new(terms.Count);
        foreach (QueryTerm term in terms)
        {
            if (term.Weight <= 0 && term.Variants.Count == 1)
            {
                continue;
            }

            Expand(term);
            int own = Frequency(term.Term);
            double ceiling = own > 0 ? Rarity(own) : double.MaxValue;
            List<(string Term, float Worth)> variants = [];
            foreach ((string variant, double weight) in term.Variants)
            {
                int frequency = Frequency(variant);
                double worth = frequency == 0 ? 0 : term.Weight * weight * Math.Min(ceiling, Rarity(frequency));
                if (worth > 0)
                {
                    variants.Add((variant, (float)worth));
                }
            }

            variants.Sort(static (a, b) => a.Worth != b.Worth ? b.Worth.CompareTo(a.Worth) : string.CompareOrdinal(a.Term, b.Term));
            double mass = own > 0 ? term.Weight * Rarity(own) : settings.UnknownTermWeight * term.Weight * Rarity(0);
            resolved.Add(new ResolvedTerm(term, variants, (float)Math.Max(mass, variants.Count > 0 ? variants[0].Worth : 0)));
        }

        return resolved;
    }

    private double Rarity(int frequency) => Math.Log(1 + ((visible.ToolCount - frequency + 0.5) / (frequency + 0.5)));

    private void Expand(QueryTerm term)
    {
        if (settings.SynonymWeight > 0)
        {
            foreach ((string synonym, double weight) in SynonymLexicon.Of(term.Term))
            {
                term.AddVariant(synonym, settings.SynonymWeight * weight);
            }
        }

        if (settings.SimilarWeight > 0 && term.Term.Length >= MinSimilarLength)
        {
            Dictionary<string, double> similar = new(StringComparer.Ordinal);
            foreach (SegmentView view in index.Segments)
            {
                view.Segment.Grams.FindSimilar(term.Term, settings.SimilarThreshold, similar);
            }

            foreach ((string like, double similarity) in similar
                .Where(pair => IsKnown(pair.Key))
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MaxSimilar))
            {
                term.AddVariant(like, settings.SimilarWeight * similarity * similarity);
            }
        }
    }

    private int Frequency(string term)
    {
        if (_frequencies.TryGetValue(term, out int frequency))
        {
            return frequency;
        }

        for (int s = 0; s < index.Segments.Length; s++)
        {
            IndexSegment segment = index.Segments[s].Segment;
            int id = segment.TermId(term);
            if (id < 0)
            {
                continue;
            }

            int start = segment.Postings.Starts[id];
            int end = segment.Postings.Starts[id + 1];
            if (visible.DocumentBits(s) is not { } bits)
            {
                frequency += end - start;
                continue;
            }

            foreach (int document in segment.Postings.Documents.AsSpan(start, end - start))
            {
                frequency += (int)(bits[document >> 6] >> document & 1);
            }
        }

        _frequencies[term] = frequency;
        return frequency;
    }
}
