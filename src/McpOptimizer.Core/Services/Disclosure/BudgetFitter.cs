using System.Text;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Tokens;

namespace McpOptimizer.Core.Services.Disclosure;

/// <summary>Chooses how many hits are shown, and how much of each, so that the answer fits its budget.</summary>
internal sealed class BudgetFitter(ITokenCounter tokens)
{
    // Braces, member names and the server's name around a tool in the answer.
    private const int OverheadPerTool = 12;

    // token_metrics and the frame of the answer.
    private const int OverheadPerAnswer = 60;

    /// <summary>The hits to show, best first, and the tokens they cost.</summary>
    public (IReadOnlyList<FoundTool> Tools, int Tokens) Fit(IReadOnlyList<ToolHit> hits, ToolDetail? detail, int? budget)
    {
        List<FoundTool> all = [.. hits.Select(hit => new FoundTool { Hit = hit, Detail = detail ?? ToolDetail.Full, Summary = ToolSummarizer.Summarize(hit.Tool) })];
        if (budget is null)
        {
            return (all, all.Sum(CostOf));
        }

        int left = Math.Max(0, budget.Value - OverheadPerAnswer);
        return detail is null ? FitMixed(all, left) : FitUniform(all, left);
    }

    // One level of detail was asked for: as many of the best as fit, and never a worse hit in place of a better one.
    private (IReadOnlyList<FoundTool> Tools, int Tokens) FitUniform(List<FoundTool> all, int budget)
    {
        List<FoundTool> shown = [];
        int used = 0;
        foreach (FoundTool tool in all)
        {
            if (used + CostOf(tool) > budget)
            {
                break;
            }

            shown.Add(tool);
            used += CostOf(tool);
        }

        return (shown, used);
    }

    // Breadth first: every hit that fits in short; what is left is spent on full definitions, the best first.
    private (IReadOnlyList<FoundTool> Tools, int Tokens) FitMixed(List<FoundTool> all, int budget)
    {
        (IReadOnlyList<FoundTool> brief, int used) = FitUniform([.. all.Select(tool => tool with { Detail = ToolDetail.Compact })], budget);
        FoundTool[] shown = [.. brief];
        for (int i = 0; i < shown.Length; i++)
        {
            FoundTool full = shown[i] with { Detail = ToolDetail.Full };
            int more = CostOf(full) - CostOf(shown[i]);
            if (used + more <= budget)
            {
                shown[i] = full;
                used += more;
            }
        }

        return (shown, used);
    }

    private int CostOf(FoundTool tool) => OverheadPerTool + (tool.Detail == ToolDetail.Full
        ? tool.Hit.Tool.TokenCount
        : tokens.Count(Encoding.UTF8.GetBytes($"{tool.Summary.Purpose} {tool.Summary.Signature} {tool.Hit.Tool.Name}")));
}
