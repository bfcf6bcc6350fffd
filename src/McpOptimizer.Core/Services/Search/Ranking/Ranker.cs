using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>Ranks the visible tools of a snapshot for one request.</summary>
internal sealed class Ranker(SearchSettings settings, ToolIndex index, VisibleSet visible, RankedSpaces? spaces = null)
{
    private const int MinCandidates = 50;
    private const int FetchedAtOnce = 64;

    private readonly Fusion _fusion = new(settings, spaces);

    /// <summary>The leg of past requests; null without one.</summary>
    public HistoryLeg? History { get; init; }

    /// <summary>What a model said of tools; null where nobody asked one.</summary>
    public EnrichedTools? Enriched { get; init; }

    /// <summary>The best tools, best first.</summary>
    /// <param name="query">The request.</param>
    /// <param name="vectors">Of <see cref="ParsedQuery.EmbeddedTexts"/>; empty to go by words alone.</param>
    /// <param name="resolver">Knows the terms.</param>
    /// <param name="limit">Most tools to return.</param>
    /// <param name="explain">Whether the places on each side are wanted.</param>
    public RankedTools Rank(ParsedQuery query, IReadOnlyList<ReadOnlyMemory<float>> vectors, TermResolver resolver, int limit, bool explain)
    {
        List<QueryNeed> needs = [.. query.Needs.Where(need => !need.IsKeywords)];
        bool several = needs.Count > 1;
        List<NeedRun> runs = [];
        try
        {
            // The keywords, and with several needs the request's own vector, belong to the request as a whole.
            ReadOnlyMemory<float> whole = vectors.Count > 0 ? vectors[0] : default;
            for (int i = 0; i < needs.Count; i++)
            {
                ReadOnlyMemory<float> own = several ? (i + 1 < vectors.Count ? vectors[i + 1] : default) : whole;
                runs.Add(new NeedRun(settings, index, resolver.Resolve(needs[i].Terms), own, spaces?.Layout));
            }

            List<QueryTerm> keywords = [.. query.Needs.Where(need => need.IsKeywords).SelectMany(need => need.Terms)];
            if (several || keywords.Count > 0)
            {
                runs.Add(new NeedRun(settings, index, resolver.Resolve(keywords), several ? whole : default, spaces?.Layout));
            }

            List<Candidate> candidates = Collect(runs, out HistoryVotes[] votes, out EnrichmentLeg? enrichment);
            bool readsVectors = runs.Exists(run => run.Semantic is not null || run.BuiltIn is not null);
            foreach (Candidate[] some in candidates.Chunk(FetchedAtOnce))
            {
                if (readsVectors)
                {
                    Array.ForEach(some, NeedRun.Fetch);
                }

                foreach (Candidate candidate in some)
                {
                    NeedScore[] scores = new NeedScore[runs.Count];
                    for (int i = 0; i < scores.Length; i++)
                    {
                        scores[i] = runs[i].Score(candidate);
                    }

                    candidate.Take(scores);
                }
            }

            enrichment?.Score(candidates, several ? runs.Count - 1 : 0);
            History?.Score(candidates, votes, several ? runs.Count - 1 : 0);
            return _fusion.Fuse(candidates, runs, several, visible.ToolCount, limit, explain, History);
        }
        finally
        {
            runs.ForEach(run => run.Dispose());
        }
    }

    private List<Candidate> Collect(List<NeedRun> runs, out HistoryVotes[] votes, out EnrichmentLeg? enrichment)
    {
        // One run per need, and one more: with several needs each of them has fewer candidates.
        int count = runs.Count > 2 ? Math.Max(settings.CandidateCount / 3, MinCandidates) : settings.CandidateCount;
        HashSet<(int Segment, int Document)> found = new(2 * count * runs.Count);
        foreach (NeedRun run in runs)
        {
            run.Collect(visible, count, found);
        }

        votes = History?.Vote(index, visible, runs) ?? [];
        HistoryLeg.Collect(votes, found);
        enrichment = EnrichmentLeg.Of(Enriched, settings, index, visible, runs);
        enrichment?.Collect(index, found);
        List<Candidate> candidates = new(found.Count);
        foreach ((int segment, int document) in found)
        {
            (IndexedServer server, int at) = TopDocuments.PlaceOf(index, segment, document);
            candidates.Add(new Candidate(segment, document, server, at));
        }

        return candidates;
    }
}
