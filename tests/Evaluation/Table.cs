using System.Globalization;
using System.Text;

namespace Evaluation;

/// <summary>Scores as a text table that is Markdown too.</summary>
public static class Table
{
    /// <summary>One line per set and group.</summary>
    public static string Render(IEnumerable<Score> scores)
    {
        StringBuilder text = new();
        text.AppendLine("| Set | Tools | Queries | recall@1 | @3 | @5 | @8 | @10 | MRR | nDCG@5 | p50 ms | p95 ms |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (Score score in scores)
        {
            AppendRow(text, score, score.Name);
            foreach (Score group in score.Groups ?? [])
            {
                AppendRow(text, group, $"{score.Name}/{group.Name}");
            }
        }

        return text.ToString().TrimEnd();
    }

    private static void AppendRow(StringBuilder text, Score score, string name) => text.AppendLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {score.Tools} | {score.Queries} | {score.Recall1:.0000} | {score.Recall3:.0000} | {score.Recall5:.0000} | {score.Recall8:.0000} | {score.Recall10:.0000} | {score.Mrr:.0000} | {score.Ndcg5:.0000} | {score.P50Ms:0.00} | {score.P95Ms:0.00} |"));
}
