using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>Says why a tool was found.</summary>
internal static class Explainer
{
    private static readonly string[] FieldNames = ["name", "title", "summary", "description", "parameter", "parameter text", "server", "server text"];

    /// <summary>The explanation of one candidate.</summary>
    public static HitExplanation Explain(ToolIndex index, Candidate candidate, ParsedQuery query, double semanticWeight, SpaceLayout? layout)
    {
        IndexSegment segment = index.Segments[candidate.Segment].Segment;
        List<string> matched = [];
        foreach (QueryTerm term in query.Needs.SelectMany(need => need.Terms))
        {
            foreach ((string variant, double _) in term.Variants)
            {
                byte fields = FieldsOf(segment, variant, candidate.Document);
                if (fields != 0)
                {
                    string word = variant == term.Term ? term.Word : $"{term.Word} ~ {variant}";
                    matched.Add($"{word}: {string.Join(", ", FieldNames.Where((_, i) => (fields >> i & 1) != 0))}");
                }
            }
        }

        return new HitExplanation
        {
            LexicalRank = candidate.LexicalRank > 0 ? candidate.LexicalRank : null,
            LexicalScore = candidate.Whole.Bm25,
            SemanticRank = candidate.SemanticRank > 0 ? candidate.SemanticRank : null,
            SemanticScore = candidate.Whole.Cosine,
            SemanticWeight = candidate.HasVector ? semanticWeight : 0,
            Legs = [.. LegsOf(candidate, semanticWeight, layout)],
            History = candidate.History is { } past ? new HistoryEvidence(candidate.Whole.Learned, past.Calls, past.Failures, past.PassedOver) : null,
            Enrichment = candidate.Enrichment,
            RecentServer = candidate.Whole.Recent,
            MatchedTerms = matched,
        };
    }

    private static IEnumerable<ScoreLeg> LegsOf(Candidate candidate, double weight, SpaceLayout? layout)
    {
        NeedScore whole = candidate.Whole;
        yield return new ScoreLeg("words", 1, whole.Lexical);
        if (candidate.HasVector)
        {
            double share = layout is null || whole.Encoder is null ? 1 : layout.Value.Share;
            yield return new ScoreLeg(layout is null ? "meaning" : "built-in", weight * share, layout is null ? whole.Cosine : whole.BuiltIn);
            if (whole.Encoder is { } encoder)
            {
                yield return new ScoreLeg("encoder", weight * (1 - share), encoder);
            }
        }

        if (candidate.Enrichment is not null)
        {
            yield return new ScoreLeg("enrichment", 1, whole.Enriched);
        }

        if (candidate.History is not null)
        {
            yield return new ScoreLeg("history", 1, whole.Learned);
        }
    }

    private static byte FieldsOf(IndexSegment segment, string term, int document)
    {
        int id = segment.TermId(term);
        if (id < 0)
        {
            return 0;
        }

        Postings postings = segment.Postings;
        int start = postings.Starts[id];
        int at = Array.BinarySearch(postings.Documents, start, postings.Starts[id + 1] - start, document);
        return at < 0 ? (byte)0 : postings.Fields[at];
    }
}
