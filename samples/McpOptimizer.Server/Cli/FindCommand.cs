using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
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
        Option<int?> budget = new("--token-budget") { Description = "Most tokens the tools in the answer may cost, 100 to 1,000,000." };
        Option<bool> stored = StoredOption.Create();
        Command command = new("find", "Finds tools for a need.") { need, keywords, limit, budget, common.Json, stored };
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            FindRequest request = new()
            {
                Query = new ToolQuery { Description = result.GetValue(need)!, Keywords = result.GetValue(keywords), Limit = result.GetValue(limit) },
                TokenBudget = result.GetValue(budget),

                // A person reads the short form; a program gets what a client gets.
                Detail = settings.Json ? null : ToolDetail.Compact,
            };
            return LocalOptimizer.AnswerAsync(
                settings,
                new LocalLook { Stored = result.GetValue(stored), ReadOnly = true },
                async (running, token) => await ShowAsync(settings, await running.AskAsync("find_tool", Arguments(request), token)),
                async (services, report, token) =>
                {
                    FindResult found = await services.GetRequiredService<IDiscoveryService>().FindAsync(request, CallerIdentity.Anonymous, token);
                    int code = await ShowAsync(settings, JsonElement.Parse(found.ToJson(), JsonText.Reading));
                    await Problems.NoteAsync(report.Problems);
                    return code;
                },
                cancellationToken);
        });
        return command;
    }

    private static JsonObject Arguments(FindRequest request)
    {
        JsonObject arguments = new() { ["tool_description"] = request.Query.Description };
        Set("tool_keywords", request.Query.Keywords is { } words ? JsonValue.Create(words) : null);
        Set("limit", request.Query.Limit is { } limit ? JsonValue.Create(limit) : null);
        Set("token_budget", request.TokenBudget is { } budget ? JsonValue.Create(budget) : null);
        Set("detail", request.Detail is null ? null : JsonValue.Create("compact"));
        return arguments;

        void Set(string name, JsonNode? value)
        {
            if (value is not null)
            {
                arguments[name] = value;
            }
        }
    }

    private static async Task<int> ShowAsync(CommonSettings settings, JsonElement found)
    {
        await (settings.Json ? Answer.WriteJsonAsync(JsonText.Of(found)) : Answer.WriteAsync(Describe(found)));
        if (!settings.Json && found.TryGetProperty("token_metrics", out JsonElement tokens) && tokens.GetProperty("baseline_tokens").GetInt64() == 0)
        {
            await Answer.NoteAsync($"There is no tool to search among: '{OwnProgram.Shown} servers' says how the servers stand.");
        }

        return found.GetProperty("tools").GetArrayLength() > 0 ? 0 : CliFaults.No;
    }

    private static string Describe(JsonElement found)
    {
        List<string> lines = [];
        foreach (string member in (string[])["note", "withheld"])
        {
            if (found.TryGetProperty(member, out JsonElement sentence))
            {
                lines.Add(sentence.GetString()!);
            }
        }

        foreach (JsonElement tool in found.GetProperty("tools").EnumerateArray())
        {
            lines.Add($"{tool.GetProperty("mcp_server_name").GetString()}/{(tool.TryGetProperty("signature", out JsonElement signature) ? signature : tool.GetProperty("name")).GetString()}");
            if (tool.TryGetProperty("purpose", out JsonElement purpose))
            {
                lines.Add("    " + purpose.GetString());
            }
        }

        if (found.TryGetProperty("token_metrics", out JsonElement tokens))
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{tokens.GetProperty("returned_tokens").GetInt64():N0} tokens in place of {tokens.GetProperty("baseline_tokens").GetInt64():N0} ({tokens.GetProperty("savings_percent").GetDouble():0.0} % saved)"));
        }

        return string.Join('\n', lines);
    }
}
