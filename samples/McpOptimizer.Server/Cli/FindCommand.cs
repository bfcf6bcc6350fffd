using System.CommandLine;
using System.Text.Json;
using McpOptimizer.Core.Models;
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
        Option<bool> json = new("--json") { Description = "The answer of find_tool as JSON." };
        Option<bool> stored = new("--stored") { Description = "Search what is stored; ask no server." };
        Command command = new("find", "Finds tools for a need.") { need, keywords, limit, json, stored };
        command.SetAction((result, cancellationToken) => LocalOptimizer.RunAsync(
            common.Read(result),
            result.GetValue(stored),
            async (services, _, token) =>
            {
                ToolQuery query = new() { Description = result.GetValue(need)!, Keywords = result.GetValue(keywords), Limit = result.GetValue(limit) };
                ToolSearchResult found = await services.GetRequiredService<IDiscoveryService>().FindAsync(query, CallerIdentity.Anonymous, token);
                await Console.Out.WriteLineAsync(result.GetValue(json) ? FindAnswer.Write(found) : Describe(found));
                return found.Hits.Count > 0 ? 0 : 3;
            },
            cancellationToken));
        return command;
    }

    private static string Describe(ToolSearchResult found)
    {
        if (found.Hits.Count == 0)
        {
            return "No tool fits.";
        }

        IEnumerable<string> lines = found.Hits.Select(hit => $"{hit.Score,6:0.000}  {hit.Tool.ServerName}/{hit.Tool.Name}\n        {Purpose(hit.Tool)}");
        return $"{string.Join('\n', lines)}\n{found.Metrics.ReturnedTokens} of {found.Metrics.BaselineTokens} tokens ({found.Metrics.SavingsPercentage:0.0} % saved)";
    }

    private static string Purpose(IndexedTool tool)
    {
        using JsonDocument definition = JsonDocument.Parse(tool.DefinitionJson);
        string description = definition.RootElement.TryGetProperty("description", out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        string line = description.ReplaceLineEndings(" ").Trim();
        return line.Length <= 120 ? line : line[..120] + "…";
    }
}
