using System.Buffers;
using System.Collections.ObjectModel;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>The leg of past requests: tools that were called after similar ones are looked at closely, whatever their words, and gain; others may lose.</summary>
/// <param name="past">The requests of the caller's profile.</param>
/// <param name="settings">How much they count.</param>
internal sealed class HistoryLeg(PastVotes past, LearningSettings settings)
{
    private const int FewTools = 100;
    private const int SeveralTools = 2_000;
    private const int ManyTools = 10_000;

    // Where similar requests led is a guess beside where the caller works now: weighed on the sets of tests/Evaluation, alone and with 7,180 other tools.
    private const double PastServerShare = 0.6;

    // Evidence of several calls at requests much like the one at hand.
    private const double SureFrom = 0.6;

    /// <summary>How often each server was among the caller's last calls.</summary>
    public IReadOnlyDictionary<string, int> RecentServers { get; init; } = ReadOnlyDictionary<string, int>.Empty;

    /// <summary>The votes of each run, after the runs have looked at all tools.</summary>
    public HistoryVotes[] Vote(ToolIndex index, VisibleSet visible, List<NeedRun> runs) =>
    [
        .. runs.Select(run => (run.BuiltIn ?? run.Semantic) is { } semantic
            ? past(run.Vector.Span, (semantic.Mean, semantic.Deviation), index, visible) : HistoryVotes.None),
    ];

    /// <summary>Adds the tools that past requests speak for.</summary>
    public static void Collect(HistoryVotes[] votes, HashSet<(int Segment, int Document)> found) =>
        found.UnionWith(votes.SelectMany(run => run.Tools.Values).Where(vote => vote.Evidence > 0).Select(vote => (vote.Segment, vote.Document)));

    /// <summary>Writes what each run's votes are worth beside the candidates' other scores.</summary>
    /// <param name="candidates">All candidates, scored.</param>
    /// <param name="votes">Of <see cref="Vote"/>.</param>
    /// <param name="whole">The run that stands for the request as a whole.</param>
    public void Score(List<Candidate> candidates, HistoryVotes[] votes, int whole)
    {
        foreach (Candidate candidate in candidates)
        {
            for (int i = 0; i < votes.Length; i++)
            {
                Score(candidate, candidate.Needs[i], votes[i], keep: i == whole);
            }

            NeedScore own = candidate.Needs[whole];
            (candidate.Whole.Learned, candidate.Whole.IsTried, candidate.Whole.Sure, candidate.Whole.LedToServer) = (own.Learned, own.IsTried, own.Sure, own.LedToServer);
        }
    }

    /// <summary>Changes the fused scores of one need.</summary>
    /// <param name="candidates">All candidates.</param>
    /// <param name="select">The score of the need.</param>
    /// <param name="tools">Number of visible tools.</param>
    public void Lift(List<Candidate> candidates, Func<Candidate, NeedScore> select, int tools)
    {
        LiftServers(candidates, select, tools);
        if (!settings.KeepUntried)
        {
            candidates.ForEach(candidate => select(candidate).Fused += select(candidate).Learned);
            return;
        }

        // What was tried changes places among itself: the scores stay, and with them the places of all others.
        double[] before = ArrayPool<double>.Shared.Rent(candidates.Count);
        double[] after = ArrayPool<double>.Shared.Rent(candidates.Count);
        Candidate[] tried = ArrayPool<Candidate>.Shared.Rent(candidates.Count);
        int count = 0;
        bool isMoved = false;
        foreach (Candidate candidate in candidates)
        {
            NeedScore score = select(candidate);
            score.Fused += score.Sure;
            if (score.IsTried)
            {
                (before[count], after[count], tried[count++]) = (-score.Fused, -(score.Fused + score.Learned), candidate);
                isMoved |= score.Learned != 0;
            }
        }

        if (isMoved)
        {
            Array.Sort(before, 0, count);
            Sort(after.AsSpan(0, count), tried.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                select(tried[i]).Fused = -before[i];
            }
        }

        ArrayPool<double>.Shared.Return(before);
        ArrayPool<double>.Shared.Return(after);
        ArrayPool<Candidate>.Shared.Return(tried, clearArray: true);
    }

    // What is said clearly needs no guess, and among few tools there is little to mistake.
    private void LiftServers(List<Candidate> candidates, Func<Candidate, NeedScore> select, int tools)
    {
        if (candidates.Count == 0)
        {
            return;
        }

        double missing = 1 - Math.Min(1, candidates.Max(candidate => select(candidate).Coverage));
        double crowd = CrowdFrom(FewTools, tools);
        double large = PastServerShare * CrowdFrom(SeveralTools, tools);
        foreach (Candidate candidate in candidates)
        {
            NeedScore score = select(candidate);
            double lately = RecentServers.TryGetValue(candidate.Server.Name, out int calls) ? 1 - Math.Pow(0.5, calls) : 0;
            score.Recent = settings.RecentServerWeight * missing * Math.Max(crowd * lately, large * score.LedToServer);
            score.Fused += score.Recent;
        }
    }

    // Nothing up to so many tools, in full among many.
    private static double CrowdFrom(int few, int tools) => Math.Clamp(Math.Log((double)tools / few) / Math.Log((double)ManyTools / few), 0, 1);

    // By numbers alone, which is fast, and then the few that are equal by name.
    private static void Sort(Span<double> keys, Span<Candidate> items)
    {
        keys.Sort(items);
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                items[start..end].Sort(static (a, b) => Candidate.Compare(a, b, 0, 0));
            }

            start = end;
        }
    }

    private void Score(Candidate candidate, NeedScore score, HistoryVotes votes, bool keep)
    {
        long place = HistoryVotes.Place(candidate.Segment, candidate.Document);
        bool wasCalled = votes.Tried.Contains(place);
        score.IsTried = wasCalled;
        score.LedToServer = votes.Servers.GetValueOrDefault(candidate.Server.Name);
        if (votes.Tools.TryGetValue(place, out HistoryVote? vote))
        {
            score.Learned = settings.Weight * vote.Evidence;
            score.Sure = wasCalled && vote.Evidence > SureFrom ? settings.SureWeight * (vote.Evidence - SureFrom) / (1 - SureFrom) : 0;
            score.IsTried |= vote.IsTried;
            candidate.History = keep ? vote : candidate.History;
        }
    }
}
