namespace Evaluation;

/// <summary>Turns answers into scores.</summary>
public static class Scorer
{
    private const int MaxGroups = 8;
    private const int MinGroupSize = 5;

    /// <summary>The score of a set with its groups, if its ids have any.</summary>
    public static Score Score(string name, int tools, IReadOnlyList<Answer> answers)
    {
        List<IGrouping<string, Answer>> groups = [.. answers.GroupBy(answer => GroupOf(answer.Query.Id)).OrderBy(group => group.Key, StringComparer.Ordinal)];
        bool grouped = groups.Count is > 1 and <= MaxGroups && groups.All(group => group.Key.Length > 0 && group.Count() >= MinGroupSize);
        return ScoreOne(name, tools, answers) with { Groups = grouped ? [.. groups.Select(group => ScoreOne(group.Key, tools, [.. group]))] : null };
    }

    // "gw-011-para" is of group "para"; a suffix that is not letters alone names no group.
    private static string GroupOf(string id)
    {
        string suffix = id[(id.LastIndexOf('-') + 1)..];
        return suffix.Length < id.Length && suffix.All(char.IsLetter) ? suffix : "";
    }

    private static Score ScoreOne(string name, int tools, IReadOnlyList<Answer> answers)
    {
        double[] times = [.. answers.Select(answer => answer.Milliseconds).Order()];
        return new Score
        {
            Name = name,
            Tools = tools,
            Queries = answers.Count,
            Recall1 = Mean(answers, answer => Recall(answer, 1)),
            Recall3 = Mean(answers, answer => Recall(answer, 3)),
            Recall5 = Mean(answers, answer => Recall(answer, 5)),
            Recall8 = Mean(answers, answer => Recall(answer, 8)),
            Recall10 = Mean(answers, answer => Recall(answer, 10)),
            Mrr = Mean(answers, ReciprocalRank),
            Ndcg5 = Mean(answers, answer => Ndcg(answer, 5)),
            P50Ms = Percentile(times, 0.50),
            P95Ms = Percentile(times, 0.95),
        };
    }

    private static double Mean(IReadOnlyList<Answer> answers, Func<Answer, double> measure) => answers.Count == 0 ? 0 : Math.Round(answers.Average(measure), 4);

    private static double Recall(Answer answer, int at) =>
        (double)answer.Found.Take(at).Count(answer.Query.Relevant.Contains) / answer.Query.Relevant.Count;

    private static double ReciprocalRank(Answer answer)
    {
        for (int i = 0; i < answer.Found.Count; i++)
        {
            if (answer.Query.Relevant.Contains(answer.Found[i]))
            {
                return 1.0 / (i + 1);
            }
        }

        return 0;
    }

    private static double Ndcg(Answer answer, int at)
    {
        double gained = 0;
        double ideal = 0;
        for (int i = 0; i < at; i++)
        {
            double discount = 1 / Math.Log2(i + 2);
            gained += i < answer.Found.Count && answer.Query.Relevant.Contains(answer.Found[i]) ? discount : 0;
            ideal += i < answer.Query.Relevant.Count ? discount : 0;
        }

        return gained / ideal;
    }

    private static double Percentile(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)], 3);
}
