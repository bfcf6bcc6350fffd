using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>The leg of enrichment: requests that a model worded for a tool speak for it where they are nearer to the request at hand than the tool's own text is.</summary>
internal sealed class EnrichmentLeg
{
    // Up to so many texts all are compared; beyond, those of the tools that words and vectors brought up.
    private const int MostCompared = 20_000;
    private const int MostFound = 20;

    // What unrelated texts reach.
    private const double LeastProminence = 2;

    private readonly double _weight;
    private readonly EnrichedPlaces _places;
    private readonly Request[] _requests;

    private EnrichmentLeg(double weight, EnrichedPlaces places, Request[] requests)
    {
        _weight = weight;
        _places = places;
        _requests = requests;
    }

    /// <summary>The leg for one search; null when there is nothing to say.</summary>
    /// <param name="enriched">What is known; null where nobody asked for enrichment.</param>
    /// <param name="settings">How much it counts.</param>
    /// <param name="index">The snapshot.</param>
    /// <param name="visible">What the caller sees of it.</param>
    /// <param name="runs">The needs, after they have looked at all tools.</param>
    public static EnrichmentLeg? Of(EnrichedTools? enriched, SearchSettings settings, ToolIndex index, VisibleSet visible, List<NeedRun> runs)
    {
        if (enriched is null || enriched.Count == 0 || settings.EnrichmentWeight <= 0)
        {
            return null;
        }

        EnrichedPlaces places = enriched.PlacesOf(index, visible);
        return places.Tools.Count == 0 ? null : new EnrichmentLeg(settings.EnrichmentWeight, places, [.. runs.Select(Request.Of)]);
    }

    /// <summary>Adds the tools whose texts are nearest.</summary>
    public void Collect(ToolIndex index, HashSet<(int Segment, int Document)> found)
    {
        foreach (Request request in _requests.Where(request => request.Codes.Length > 0 && _places.Texts <= MostCompared))
        {
            TopDocuments top = new(index, MostFound);
            foreach (((int segment, int document), EnrichedTool tool) in _places.Tools)
            {
                if (tool.Dimension == request.Codes.Length && tool.Nearest(request.Codes, request.Scale).Similarity is float similarity && request.ProminenceOf(similarity) > LeastProminence)
                {
                    top.Offer(similarity, segment, document);
                }
            }

            top.AddTo(found);
        }
    }

    /// <summary>Writes what it is worth beside the candidates' other scores.</summary>
    /// <param name="candidates">All candidates, scored.</param>
    /// <param name="whole">The run that stands for the request as a whole.</param>
    public void Score(List<Candidate> candidates, int whole)
    {
        foreach (Candidate candidate in candidates)
        {
            if (!_places.Tools.TryGetValue((candidate.Segment, candidate.Document), out EnrichedTool? tool))
            {
                continue;
            }

            for (int i = 0; i < _requests.Length; i++)
            {
                candidate.Needs[i].Enriched = Score(candidate, candidate.Needs[i], tool, _requests[i], keep: i == whole);
            }

            candidate.Whole.Enriched = candidate.Needs[whole].Enriched;
        }
    }

    private double Score(Candidate candidate, NeedScore score, EnrichedTool tool, Request request, bool keep)
    {
        if (request.Codes.Length != tool.Dimension)
        {
            candidate.Enrichment ??= new EnrichmentEvidence(tool.Purpose, tool.Requests, null, 0, 0);
            return 0;
        }

        (int text, float similarity) = tool.Nearest(request.Codes, request.Scale);
        double nearer = request.ProminenceOf(similarity) - Math.Max(LeastProminence, score.Prominence);
        double worth = _weight * Math.Max(0, nearer) / Fusion.FullProminence;
        candidate.Enrichment = keep ? new EnrichmentEvidence(tool.Purpose, tool.Requests, tool.TextOf(text), similarity, worth) : candidate.Enrichment;
        return worth;
    }

    // A need's vector, prepared for comparing.
    private sealed record Request(short[] Codes, float Scale, double Mean, double Deviation)
    {
        public double ProminenceOf(double similarity) => (similarity - Mean) / Deviation;

        public static Request Of(NeedRun run)
        {
            if ((run.BuiltIn ?? run.Semantic) is not { } semantic || run.Vector.IsEmpty)
            {
                return new Request([], 0, 0, 1);
            }

            sbyte[] codes = new sbyte[run.Vector.Length];
            float scale = VectorCode.Encode(run.Vector.Span, codes);
            return new Request([.. codes.Select(code => (short)code)], scale, semantic.Mean, semantic.Deviation);
        }
    }
}
