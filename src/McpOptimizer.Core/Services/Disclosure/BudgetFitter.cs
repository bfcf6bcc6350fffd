using System.Text;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Tokens;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Disclosure;

/// <summary>Chooses how many hits are shown, and how much of each, so that the answer fits its budget.</summary>
internal sealed class BudgetFitter(ITokenCounter tokens, ShownTools shown, IOptions<McpOptimizerOptions> options)
{
    // What an answer costs more that says why meaning did not count.
    private const int LongerNote = 35;

    // Everything that may stand around the tools in an answer, with numbers of usual length.
    private readonly int _frame = tokens.Count(
        """
        {"tools":[],"token_metrics":{"baseline_tokens":100000,"returned_tokens":1000,"tokens_saved":100000,"savings_percentage":99.99,"savings_percent":99.99},
        "left_out":{"hits":10,"shortened":10,"hint":"describe_tool gives full definitions; a larger token_budget shows more."},"note":"Nothing clearly fits; these are the nearest."}
        """u8);

    /// <summary>The hits to show, best first, and the tokens they cost; 0 where all are shown as they are.</summary>
    public (IReadOnlyList<FoundTool> Tools, int Tokens) Fit(ToolSearchResult found, ToolDetail? detail, int? budget)
    {
        int most = options.Value.Disclosure.MaxDefinitionTokens;
        List<FoundTool> all = [.. found.Hits.Select(hit => new FoundTool { Hit = hit with { Tool = shown.Of(hit.Tool, most) }, Detail = detail ?? ToolDetail.Full, Summary = shown.SummaryOf(hit.Tool) })];
        if (budget is null)
        {
            return (all, detail is null ? 0 : all.Sum(CostOf));
        }

        int left = Math.Max(0, budget.Value - _frame - (found.ByWordsAlone ? LongerNote : 0));
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

    // What the answer writes of a tool, escapes included.
    private int CostOf(FoundTool tool)
    {
        string server = JsonText.Inner(tool.Hit.Tool.ServerName);
        string others = tool.Hit.AlsoOn.Count == 0 ? "" : $",\"also_on\":[{string.Join(',', tool.Hit.AlsoOn.Select(name => $"\"{JsonText.Inner(name)}\""))}]";
        return tool.Detail == ToolDetail.Full
            ? tool.Hit.Tool.TokenCount + tokens.Count(Encoding.UTF8.GetBytes($",\"mcp_server_name\":\"{server}\"{others}}},"))
            : tokens.Count(Encoding.UTF8.GetBytes(
                $"{{\"name\":\"{JsonText.Inner(tool.Hit.Tool.Name)}\",\"mcp_server_name\":\"{server}\",\"purpose\":\"{JsonText.Inner(tool.Summary.Purpose)}\",\"signature\":\"{JsonText.Inner(tool.Summary.Signature)}\"{others}}},"));
    }
}
