using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>Makes one order of what words and meaning say, for each need and for the whole request.</summary>
internal sealed class Fusion(SearchSettings settings, RankedSpaces? spaces = null)
{
    /// <summary>A similarity that stands so many deviations above the mean is as good as a full match in words.</summary>
    public const double FullProminence = 8;

    private static readonly Comparer<Candidate> BestFirst = Comparer<Candidate>.Create(static (a, b) => Candidate.Compare(a, b, a.Score, b.Score));

    /// <summary>The candidates in their final order, cut to the limit.</summary>
    /// <param name="candidates">All candidates with a score per run.</param>
    /// <param name="runs">One per need, and, where there are several or keywords, a last one for what belongs to the whole request alone.</param>
    /// <param name="several">Whether the request has several needs.</param>
    /// <param name="tools">Number of visible tools.</param>
    /// <param name="limit">Most tools to return.</param>
    /// <param name="explain">Whether the places on each side are wanted.</param>
    /// <param name="history">The leg of past requests; null without one.</param>
    public RankedTools Fuse(List<Candidate> candidates, List<NeedRun> runs, bool several, int tools, int limit, bool explain, HistoryLeg? history = null)
    {
        int wholeRun = several ? runs.Count - 1 : 0;
        if (runs.Count > 1)
        {
            AddUp(candidates, runs, wholeRun);
        }

        double weight = FuseAll(candidates, candidate => candidate.Whole);
        if (several)
        {
            for (int i = 0; i < runs.Count - 1; i++)
            {
                int need = i;
                FuseAll(candidates, candidate => candidate.Needs[need]);
                NamedServers.Lift(candidates, candidate => candidate.Needs[need], runs[i].Terms, settings.NamedServerWeight);
                history?.Lift(candidates, candidate => candidate.Needs[need], tools);
            }
        }
        else
        {
            NamedServers.Lift(candidates, candidate => candidate.Whole, runs[0].Terms, settings.NamedServerWeight);
        }

        history?.Lift(candidates, candidate => candidate.Whole, tools);
        if (explain)
        {
            NumberRanks(candidates);
        }

        List<Candidate> best = several ? Interleave(candidates, runs.Count - 1, limit) : SortByWhole(candidates, limit);
        (double confidence, ConfidenceEvidence evidence) = ConfidenceOf(candidates, runs[wholeRun], tools);
        return new RankedTools(best, confidence, evidence, weight);
    }

    // What belongs to the request as a whole: words by the weight of each need, meaning by the whole request.
    private static void AddUp(List<Candidate> candidates, List<NeedRun> runs, int wholeRun)
    {
        double ideal = runs.Sum(run => run.HasTerms ? run.IdealMass : 0);
        double[] shares = [.. runs.Select(run => run.HasTerms ? run.IdealMass / ideal : 0)];
        foreach (Candidate candidate in candidates)
        {
            NeedScore whole = candidate.Whole;
            for (int i = 0; i < runs.Count; i++)
            {
                whole.Bm25 += candidate.Needs[i].Bm25;
                whole.Lexical += shares[i] * candidate.Needs[i].Lexical;
                whole.Coverage += shares[i] * candidate.Needs[i].Coverage;
            }

            whole.Cosine = candidate.Needs[wholeRun].Cosine;
            whole.BuiltIn = candidate.Needs[wholeRun].BuiltIn;
            whole.Encoder = candidate.Needs[wholeRun].Encoder;
            whole.Prominence = candidate.Needs[wholeRun].Prominence;
        }
    }

    // Constants fitted with the host's generator where there are any; else the built-in vectors tell, whose constants are known.
    private (double Confidence, ConfidenceEvidence Evidence) ConfidenceOf(List<Candidate> candidates, NeedRun run, int tools)
    {
        ConfidenceConstants? fitted = spaces is { IsComplete: true } && run.Semantic is not null ? spaces.Profile.Confidence : null;
        bool byBuiltIn = fitted is null && run.BuiltIn is not null;
        ConfidenceEvidence evidence = byBuiltIn
            ? ConfidenceScale.Evidence(candidates, score => score.BuiltIn, run.BuiltIn!.Mean, tools)
            : ConfidenceScale.Evidence(candidates, score => score.Cosine, run.Semantic?.Mean ?? 0, tools);
        double confidence = candidates.Count == 0 ? 0 : ConfidenceScale.Of(evidence, candidates.Exists(candidate => candidate.HasVector), fitted);
        return (confidence, evidence);
    }

    // The less of the need the best tool holds in words, the more meaning counts.
    private double FuseAll(List<Candidate> candidates, Func<Candidate, NeedScore> select)
    {
        double understood = candidates.Count == 0 ? 0 : Math.Min(1, candidates.Max(candidate => select(candidate).Coverage));
        double weight = settings.SemanticWeight * (spaces is { IsComplete: true } ? spaces.Profile.SemanticGain : 1) * (1 + (settings.SemanticGain * (1 - understood)));
        foreach (Candidate candidate in candidates)
        {
            NeedScore score = select(candidate);
            score.Fused = score.Lexical + (weight * Math.Max(0, score.Prominence) / FullProminence) + score.Enriched;
        }

        return weight;
    }

    private List<Candidate> SortByWhole(List<Candidate> candidates, int limit)
    {
        foreach (Candidate candidate in candidates)
        {
            candidate.Score = candidate.Whole.Fused;
        }

        if (Verbatim(candidates) is { } spelledOut)
        {
            spelledOut.Score = Math.Max(spelledOut.Score, Math.BitIncrement(candidates.Max(candidate => candidate.Score)));
        }

        // The few that are shown are put in order, not all that were looked at.
        return [.. candidates.Order(BestFirst).Take(limit)];
    }

    // The one whose whole name the request says, when no other is as good by words or holds as much of the request.
    private Candidate? Verbatim(List<Candidate> candidates)
    {
        Candidate? best = candidates.MaxBy(candidate => candidate.Whole.Lexical);
        bool isSpelledOut = best is not null && best.Needs[0].IsNamed && best.Whole.Coverage >= settings.VerbatimCoverage;
        return isSpelledOut && candidates.TrueForAll(candidate => candidate == best
            || (candidate.Whole.Lexical < best!.Whole.Lexical && candidate.Whole.Coverage < best.Whole.Coverage)) ? best : null;
    }

    // Each tool counts for the need it serves best; a need that was served already counts less for the next place.
    private List<Candidate> Interleave(List<Candidate> candidates, int needs, int limit)
    {
        double[] patience = new double[needs];
        Array.Fill(patience, 1);
        List<Candidate> left = [.. candidates];
        List<Candidate> best = [];
        while (best.Count < limit && left.Count > 0)
        {
            int first = 0;
            for (int i = 0; i < left.Count; i++)
            {
                int serves = BestNeed(left[i], patience);
                left[i].Score = ((1 - settings.NeedWeight) * left[i].Whole.Fused) + (settings.NeedWeight * patience[serves] * left[i].Needs[serves].Fused);
                first = Candidate.Compare(left[i], left[first], left[i].Score, left[first].Score) < 0 ? i : first;
            }

            Candidate next = left[first];
            left.RemoveAt(first);
            best.Add(next);
            patience[BestNeed(next, patience)] *= settings.ServedNeedWeight;
        }

        return best;
    }

    private static int BestNeed(Candidate candidate, double[] patience)
    {
        int best = 0;
        for (int i = 1; i < patience.Length; i++)
        {
            best = patience[i] * candidate.Needs[i].Fused > patience[best] * candidate.Needs[best].Fused ? i : best;
        }

        return best;
    }

    private static void NumberRanks(List<Candidate> candidates)
    {
        candidates.Sort(static (a, b) => Candidate.Compare(a, b, a.Whole.Lexical, b.Whole.Lexical));
        for (int i = 0; i < candidates.Count && candidates[i].Whole.Lexical > 0; i++)
        {
            candidates[i].LexicalRank = i + 1;
        }

        candidates.Sort(static (a, b) => Candidate.Compare(a, b, a.HasVector ? a.Whole.Cosine : -2, b.HasVector ? b.Whole.Cosine : -2));
        for (int i = 0; i < candidates.Count && candidates[i].HasVector; i++)
        {
            candidates[i].SemanticRank = i + 1;
        }
    }
}
