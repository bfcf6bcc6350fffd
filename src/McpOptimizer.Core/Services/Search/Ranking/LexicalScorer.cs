using System.Buffers;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>BM25 over weighted fields, term by term over the postings of one segment.</summary>
internal sealed class LexicalScorer(SearchSettings settings)
{
    /// <summary>Adds each document's score and the mass of the terms it holds.</summary>
    public void Score(IndexSegment segment, IReadOnlyList<ResolvedTerm> terms, Span<float> scores, Span<float> coverage)
    {
        float[]? best = null;
        float k1 = (float)settings.Saturation;
        foreach (ResolvedTerm term in terms)
        {
            int known = term.Variants.Count(variant => segment.TermId(variant.Term) >= 0);
            if (known == 1)
            {
                AddSingle(segment, term, k1, scores, coverage);
            }
            else if (known > 1)
            {
                best ??= Rent(segment.DocumentCount);
                AddBest(segment, term, k1, scores, coverage, best);
            }
        }

        if (best is not null)
        {
            ArrayPool<float>.Shared.Return(best);
        }
    }

    private static float[] Rent(int length)
    {
        float[] array = ArrayPool<float>.Shared.Rent(length);
        Array.Clear(array, 0, length);
        return array;
    }

    private static void AddSingle(IndexSegment segment, ResolvedTerm term, float k1, Span<float> scores, Span<float> coverage)
    {
        foreach ((string text, float worth) in term.Variants)
        {
            ReadOnlySpan<int> documents = DocumentsOf(segment, text, out ReadOnlySpan<ushort> weights);
            float steps = k1 * IndexSegment.WeightSteps;
            for (int i = 0; i < documents.Length; i++)
            {
                float weight = weights[i];
                scores[documents[i]] += worth * weight / (weight + steps);
                coverage[documents[i]] += worth;
            }
        }
    }

    // Of several terms that stand for one word only the best counts: a tool gains nothing by naming all synonyms.
    private static void AddBest(IndexSegment segment, ResolvedTerm term, float k1, Span<float> scores, Span<float> coverage, float[] best)
    {
        float steps = k1 * IndexSegment.WeightSteps;
        foreach ((string text, float worth) in term.Variants)
        {
            ReadOnlySpan<int> documents = DocumentsOf(segment, text, out ReadOnlySpan<ushort> weights);
            for (int i = 0; i < documents.Length; i++)
            {
                int document = documents[i];
                float score = worth * weights[i] / (weights[i] + steps);
                if (best[document] == 0)
                {
                    // Variants come heaviest first, so the first to match decides on the coverage.
                    coverage[document] += worth;
                    best[document] = score;
                }
                else if (best[document] < score)
                {
                    best[document] = score;
                }
            }
        }

        foreach ((string text, float _) in term.Variants)
        {
            foreach (int document in DocumentsOf(segment, text, out _))
            {
                // The second variant that a document holds finds nothing any more.
                scores[document] += best[document];
                best[document] = 0;
            }
        }
    }

    private static ReadOnlySpan<int> DocumentsOf(IndexSegment segment, string term, out ReadOnlySpan<ushort> weights)
    {
        int id = segment.TermId(term);
        if (id < 0)
        {
            weights = [];
            return [];
        }

        Postings postings = segment.Postings;
        weights = postings.Weights.AsSpan(postings.Starts[id]..postings.Starts[id + 1]);
        return postings.Documents.AsSpan(postings.Starts[id], weights.Length);
    }
}
