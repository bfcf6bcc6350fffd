using System.CommandLine;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Tools;

namespace McpOptimizer.Server.Cli;

/// <summary><c>find "need"</c>: what <c>find_tool</c> would answer.</summary>
internal static class FindCommand
{
    public static Command Create(CommonOptions common)
    {
        Argument<string> need = new("need") { Description = "What you need to do, in your own words." };
        Option<string?> keywords = new("--keywords") { Description = "Words the tool's name probably has." };
        Option<int?> limit = new("--limit") { Description = "Most tools to return, 1 to 50." };
        Option<int?> budget = new("--token-budget") { Description = "Most tokens the tools in the answer may cost." };
        Option<bool> json = new("--json") { Description = "The answer of find_tool as JSON." };
        Option<bool> stored = new("--stored") { Description = "Search what is stored; ask no server." };
        Command command = new("find", "Finds tools for a need.") { need, keywords, limit, budget, json, stored };
        command.SetAction((result, cancellationToken) => LocalOptimizer.ReadAsync(
            common.Read(result),
            result.GetValue(stored),
            async (services, _, token) =>
            {
                FindRequest request = new()
                {
                    Query = new ToolQuery { Description = result.GetValue(need)!, Keywords = result.GetValue(keywords), Limit = result.GetValue(limit) },
                    TokenBudget = result.GetValue(budget),
                };
                FindResult found = await services.GetRequiredService<IDiscoveryService>().FindAsync(request, CallerIdentity.Anonymous, token);
                await Console.Out.WriteLineAsync(result.GetValue(json) ? found.ToJson() : Describe(found));
                return found.Tools.Count > 0 ? 0 : 3;
            },
            cancellationToken));
        return command;
    }

    private static string Describe(FindResult found)
    {
        if (found.Tools.Count == 0)
        {
            return "No tool fits.";
        }

        IEnumerable<string> lines = found.Tools.Select(tool => $"{tool.Hit.Score,6:0.000}  {tool.Hit.Tool.ServerName}/{tool.Summary.Signature}\n        {tool.Summary.Purpose}");
        string doubt = found.ByWordsAlone ? "The need is not in English: it was searched by its words alone.\n"
            : found.NothingFits ? "Nothing clearly fits; these are the nearest.\n"
            : "";
        return $"{doubt}{string.Join('\n', lines)}\n{found.Metrics.ReturnedTokens} of {found.Metrics.BaselineTokens} tokens ({found.Metrics.SavingsPercentage:0.0} % saved)";
    }
}
