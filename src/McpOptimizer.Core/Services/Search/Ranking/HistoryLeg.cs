using System.Collections.ObjectModel;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Learning;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>The leg of past requests: tools that were called after similar ones are looked at closely, whatever their words, and gain; others may lose.</summary>
/// <param name="history">The requests of the caller's profile.</param>
/// <param name="settings">How much they count.</param>
/// <param name="now">To tell how old each is.</param>
internal sealed class HistoryLeg(RequestHistory history, LearningSettings settings, DateTimeOffset now)
{
    /// <summary>How often each server was among the caller's last calls.</summary>
    public IReadOnlyDictionary<string, int> RecentServers { get; init; } = ReadOnlyDictionary<string, int>.Empty;

    /// <summary>The votes of each run, after the runs have looked at all tools.</summary>
    public HistoryVotes[] Vote(ToolIndex index, VisibleSet visible, List<NeedRun> runs) =>
    [
        .. runs.Select(run => (run.BuiltIn ?? run.Semantic) is { } semantic
            ? history.Vote(run.Vector.Span, (semantic.Mean, semantic.Deviation), index, visible, now) : HistoryVotes.None),
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
            candidate.Recent = RecentServers.TryGetValue(candidate.Tool.ServerName, out int calls) ? settings.RecentServerWeight * (1 - Math.Pow(0.5, calls)) : 0;
            for (int i = 0; i < votes.Length; i++)
            {
                Score(candidate, candidate.Needs[i], votes[i], keep: i == whole);
            }

            (candidate.Whole.Learned, candidate.Whole.IsTried) = (candidate.Needs[whole].Learned, candidate.Needs[whole].IsTried);
        }
    }

    /// <summary>Changes the fused scores of one need.</summary>
    public void Lift(List<Candidate> candidates, Func<Candidate, NeedScore> select)
    {
        candidates.ForEach(candidate => select(candidate).Fused += candidate.Recent);
        if (!settings.KeepUntried)
        {
            candidates.ForEach(candidate => select(candidate).Fused += select(candidate).Learned);
            return;
        }

        // What was tried changes places among itself: the scores stay, and with them the places of all others.
        NeedScore[] tried = [.. candidates.Where(candidate => select(candidate).IsTried).OrderBy(candidate => candidate, ByScore(select)).Select(select)];
        double[] scores = [.. tried.Select(score => score.Fused).OrderDescending()];
        for (int i = 0; i < tried.Length; i++)
        {
            tried[i].Fused = scores[i];
        }
    }

    private static Comparer<Candidate> ByScore(Func<Candidate, NeedScore> select) =>
        Comparer<Candidate>.Create((a, b) => Candidate.Compare(a, b, select(a).Fused + select(a).Learned, select(b).Fused + select(b).Learned));

    private void Score(Candidate candidate, NeedScore score, HistoryVotes votes, bool keep)
    {
        (int, int) place = (candidate.Segment, candidate.Document);
        score.IsTried = votes.Tried.Contains(place);
        if (votes.Tools.TryGetValue(place, out HistoryVote? vote))
        {
            score.Learned = settings.Weight * vote.Evidence;
            score.IsTried |= vote.IsTried;
            candidate.History = keep ? vote : candidate.History;
        }
    }
}
