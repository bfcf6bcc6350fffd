using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Explanations;
using McpOptimizer.Core.Services.Callers;
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
        Option<bool> stored = StoredOption.Create();
        Command command = new("explain", "Says why tools are found for a need, and why one is not. Exit code 3 when the tool asked for is not among the hits.") { need, tool, profile, keywords, limit, common.Json, stored };
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            string? name = result.GetValue(profile);
            ExplanationRequest request = new()
            {
                Query = new ToolQuery { Description = result.GetValue(need)!, Keywords = result.GetValue(keywords), Limit = result.GetValue(limit) },
                Tool = result.GetValue(tool),
                RevealHidden = true,
            };
            return LocalOptimizer.AnswerAsync(
                settings,
                new LocalLook { Stored = result.GetValue(stored), ReadOnly = true },
                async (running, token) => await ShowAsync(settings, await running.GetAsync(Address(request, name), token)),
                async (services, report, token) =>
                {
                    if (name is not null && !services.GetRequiredService<IVisibilityService>().IsProfile(name))
                    {
                        throw new ArgumentException($"There is no profile '{name}' in the settings (McpOptimizer:Profiles).");
                    }

                    CallerIdentity caller = name is null ? CallerIdentity.Anonymous : new CallerIdentity { Profile = name };
                    Explanation explanation = await services.GetRequiredService<IExplanationService>().ExplainAsync(request, caller, token);
                    int code = await ShowAsync(settings, JsonElement.Parse(explanation.ToJson(), JsonText.Reading));
                    await Problems.NoteAsync(report.Problems);
                    return code;
                },
                cancellationToken);
        });
        return command;
    }

    private static string Address(ExplanationRequest request, string? profile)
    {
        string address = $"/api/explain?need={Uri.EscapeDataString(request.Query.Description)}";
        Add("tool", request.Tool);
        Add("profile", profile);
        Add("keywords", request.Query.Keywords);
        Add("limit", request.Query.Limit?.ToString(CultureInfo.InvariantCulture));
        return address;

        void Add(string name, string? value) => address += value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
    }

    private static async Task<int> ShowAsync(CommonSettings settings, JsonElement explanation)
    {
        await (settings.Json ? Answer.WriteJsonAsync(JsonText.Of(explanation)) : Answer.WriteAsync(Describe(explanation)));
        return !explanation.TryGetProperty("tool", out JsonElement tool) || tool.GetProperty("placement").GetString() == PlacementKind.Found.ToWord() ? 0 : CliFaults.No;
    }

    private static string Describe(JsonElement explanation)
    {
        List<string> lines = [.. explanation.GetProperty("hits").EnumerateArray().Index().Select(hit => Describe(hit.Index + 1, hit.Item))];
        lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"confidence {explanation.GetProperty("confidence").GetDouble():0.00}; {explanation.GetProperty("candidates").GetInt32()} tools looked at closely"));
        if (explanation.TryGetProperty("encoder", out JsonElement fault))
        {
            lines.Add(fault.GetString()!);
        }

        if (explanation.TryGetProperty("tool", out JsonElement tool))
        {
            lines.Add($"\n{tool.GetProperty("asked").GetString()}: {tool.GetProperty("placement").GetString()!.Replace('_', ' ')}. {tool.GetProperty("reason").GetString()}");
            int rank = tool.TryGetProperty("rank", out JsonElement at) ? at.GetInt32() : 0;
            if (tool.TryGetProperty("hit", out JsonElement hit))
            {
                lines.Add(Describe(rank, hit));
            }

            if (tool.TryGetProperty("ahead", out JsonElement ahead))
            {
                lines.Add("directly before it:");
                lines.AddRange(ahead.EnumerateArray().Index().Select(before => Describe(rank - 1 - before.Index, before.Item)));
            }
        }

        return string.Join('\n', lines);
    }

    // What else there is than words and one kind of vector, with its weight.
    private static string LegsOf(JsonElement hit) => !hit.TryGetProperty("legs", out JsonElement legs) || !legs.EnumerateArray().Any(leg => leg.GetProperty("name").GetString() == "encoder") ? ""
        : " = " + string.Join(" + ", legs.EnumerateArray().Where(leg => leg.GetProperty("name").GetString() is "built-in" or "encoder").Select(leg => string.Create(
            CultureInfo.InvariantCulture, $"{leg.GetProperty("name").GetString()} {leg.GetProperty("score").GetDouble():0.00} × {leg.GetProperty("weight").GetDouble():0.00}")));

    private static string Describe(int rank, JsonElement hit)
    {
        string words = hit.TryGetProperty("lexical_rank", out JsonElement lexical)
            ? string.Create(CultureInfo.InvariantCulture, $"words: #{lexical.GetInt32()}, {hit.GetProperty("lexical_score").GetDouble():0.00}")
            : "words: none";
        string meaning = hit.TryGetProperty("semantic_rank", out JsonElement semantic)
            ? string.Create(CultureInfo.InvariantCulture, $"meaning: #{semantic.GetInt32()}, {hit.GetProperty("semantic_score").GetDouble():0.00}, weight {hit.GetProperty("semantic_weight").GetDouble():0.00}{LegsOf(hit)}")
            : "meaning: no vector";
        string use = hit.TryGetProperty("history", out JsonElement history)
            ? string.Create(CultureInfo.InvariantCulture, $"; use: {history.GetProperty("score").GetDouble():+0.00;-0.00;0.00}, {history.GetProperty("text").GetString()}")
            : "";
        use += hit.TryGetProperty("recent_server", out JsonElement recent) ? string.Create(CultureInfo.InvariantCulture, $"; recent server: +{recent.GetDouble():0.00}") : "";
        string head = string.Create(CultureInfo.InvariantCulture, $"{rank,4}. {hit.GetProperty("score").GetDouble():0.000}  {hit.GetProperty("tool").GetString()}  ({words}; {meaning}{use})");
        return string.Join('\n', [head, .. hit.GetProperty("matched_terms").EnumerateArray().Select(term => "              " + term.GetString())]);
    }
}
