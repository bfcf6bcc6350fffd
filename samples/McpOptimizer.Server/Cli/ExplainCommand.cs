using System.CommandLine;
using System.Globalization;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Explanations;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Explanations;
using McpOptimizer.Core.Tools;

namespace McpOptimizer.Server.Cli;

/// <summary><c>explain "need"</c>: why <c>find_tool</c> answers as it does, and why a tool is not among the hits.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommonOptions common)
    {
        Argument<string> need = new("need") { Description = "What you need to do, in your own words." };
        Option<string?> tool = new("--tool") { Description = "Tool whose place is in question.", HelpName = "SERVER/NAME" };
        Option<string?> profile = new("--profile") { Description = "Explain what callers of this profile get. The reasons still name what the profile hides.", HelpName = "NAME" };
        Option<string?> keywords = new("--keywords") { Description = "Words the tool's name probably has." };
        Option<int?> limit = new("--limit") { Description = "Most tools to return, 1 to 50." };
        Option<bool> json = new("--json") { Description = "The explanation as JSON." };
        Option<bool> stored = new("--stored") { Description = "Search what is stored; ask no server." };
        Command command = new("explain", "Says why tools are found for a need, and why one is not. Exit code 3 when the tool asked for is not among the hits.") { need, tool, profile, keywords, limit, json, stored };
        command.SetAction((result, cancellationToken) => LocalOptimizer.ReadAsync(
            common.Read(result),
            result.GetValue(stored),
            async (services, _, token) =>
            {
                string? name = result.GetValue(profile);
                if (name is not null && !services.GetRequiredService<IVisibilityService>().IsProfile(name))
                {
                    throw new ArgumentException($"There is no profile '{name}' in the settings (McpOptimizer:Profiles).");
                }

                ExplanationRequest request = new()
                {
                    Query = new ToolQuery { Description = result.GetValue(need)!, Keywords = result.GetValue(keywords), Limit = result.GetValue(limit) },
                    Tool = result.GetValue(tool),
                    RevealHidden = true,
                };
                CallerIdentity caller = name is null ? CallerIdentity.Anonymous : new CallerIdentity { Profile = name };
                Explanation explanation = await services.GetRequiredService<IExplanationService>().ExplainAsync(request, caller, token);
                await Console.Out.WriteLineAsync(result.GetValue(json) ? ExplanationAnswer.Write(explanation) : Describe(explanation));
                return explanation.Tool is null or { Kind: PlacementKind.Found } ? 0 : 3;
            },
            cancellationToken));
        return command;
    }

    private static string Describe(Explanation explanation)
    {
        List<string> lines = [.. explanation.Hits.Index().Select(hit => Describe(hit.Index + 1, hit.Item))];
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"confidence {explanation.Confidence:0.00}; {explanation.Candidates} tools looked at closely"));
        if (explanation.EncoderFault is { } fault)
        {
            lines.Add(fault);
        }

        if (explanation.Tool is { } tool)
        {
            lines.Add($"\n{tool.Asked}: {ExplanationAnswer.WordOf(tool.Kind).Replace('_', ' ')}. {tool.Reason}");
            if (tool.Hit is not null)
            {
                lines.Add(Describe(tool.Rank!.Value, tool.Hit));
            }

            if (tool.Ahead.Count > 0)
            {
                lines.Add("directly before it:");
                lines.AddRange(tool.Ahead.Index().Select(hit => Describe(tool.Rank!.Value - 1 - hit.Index, hit.Item)));
            }
        }

        return string.Join('\n', lines);
    }

    // What else there is than words and one kind of vector, with its weight.
    private static string LegsOf(HitExplanation why) => why.Legs.Count < 3 ? ""
        : " = " + string.Join(" + ", why.Legs.Skip(1).Select(leg => string.Create(CultureInfo.InvariantCulture, $"{leg.Name} {leg.Score:0.00} × {leg.Weight:0.00}")));

    private static string Describe(int rank, ToolHit hit)
    {
        HitExplanation why = hit.Explanation!;
        string words = why.LexicalRank is { } lexical ? string.Create(CultureInfo.InvariantCulture, $"words: #{lexical}, {why.LexicalScore:0.00}") : "words: none";
        string meaning = why.SemanticRank is { } semantic
            ? string.Create(CultureInfo.InvariantCulture, $"meaning: #{semantic}, {why.SemanticScore:0.00}, weight {why.SemanticWeight:0.00}{LegsOf(why)}")
            : "meaning: no vector";
        string head = string.Create(CultureInfo.InvariantCulture, $"{rank,4}. {hit.Score:0.000}  {hit.Tool.ServerName}/{hit.Tool.Name}  ({words}; {meaning})");
        return string.Join('\n', [head, .. why.MatchedTerms.Select(term => "              " + term)]);
    }
}
