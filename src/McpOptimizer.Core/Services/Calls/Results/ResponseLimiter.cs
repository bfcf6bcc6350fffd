using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Services.Calls.Results;

/// <summary>
/// Makes a result fit a number of estimated tokens. Texts are cut where a reader would cut them, JSON stays JSON, blocks that do not fit are left out
/// and smaller ones behind them kept; <c>isError</c> and <c>_meta</c> stay. A reader takes either the content or the structured content, so each may have the whole limit.
/// </summary>
internal static class ResponseLimiter
{
    private const int NoticeTokens = 100;
    private const int LeastWorthKeeping = 12;
    private const int LongestParsedText = 8 * 1024 * 1024;

    /// <summary>The result, cut if need be.</summary>
    public static LimitedResult Limit(JsonObject result, int tokens)
    {
        List<JsonObject> blocks = [.. (result["content"] as JsonArray ?? []).OfType<JsonObject>()];
        JsonNode? structured = result["structuredContent"];
        int contentCost = blocks.Sum(ContentCost.Of);
        int structuredCost = structured is null ? 0 : ContentCost.OfText(JsonShrinker.SizeOf(structured));
        int estimate = Math.Max(contentCost, structuredCost);
        if (estimate <= tokens)
        {
            return new LimitedResult(result, estimate, []);
        }

        int available = Math.Max(tokens / 2, tokens - NoticeTokens);
        List<string> omissions = [];
        JsonObject limited = [];
        foreach ((string key, JsonNode? value) in result)
        {
            limited[key] = key is "content" or "structuredContent" ? null : value?.DeepClone();
        }

        JsonNode? smaller = structuredCost <= tokens ? structured?.DeepClone() : ShrinkStructured(structured!, available, omissions);
        limited["content"] = contentCost <= tokens && structuredCost <= tokens ? result["content"]?.DeepClone() : FitContent(blocks, structured, smaller, available, omissions);
        if (smaller is null)
        {
            limited.Remove("structuredContent");
        }
        else
        {
            limited["structuredContent"] = smaller;
        }

        return new LimitedResult(limited, estimate, omissions);
    }

    private static JsonNode? ShrinkStructured(JsonNode structured, int tokens, List<string> omissions)
    {
        JsonNode? smaller = JsonShrinker.Shrink(structured, tokens * ContentCost.CharactersPerToken);
        bool fits = ContentCost.OfText(JsonShrinker.SizeOf(smaller)) <= tokens;
        omissions.Add(fits ? "structuredContent is shortened (lists and long texts lost their ends)" : "structuredContent");
        return fits ? smaller : null;
    }

    private static JsonArray FitContent(List<JsonObject> blocks, JsonNode? structured, JsonNode? smaller, int tokens, List<string> omissions)
    {
        JsonArray kept = [];
        int left = tokens;
        for (int at = 0; at < blocks.Count; at++)
        {
            JsonObject block = blocks[at];
            string name = string.Create(CultureInfo.InvariantCulture, $"block {at}");
            if (smaller is not null && !ReferenceEquals(smaller, structured) && IsCopyOf(block, structured!))
            {
                // The same data as text: keep the two in step.
                block = ContentCost.WithText(block, JsonText.Of(smaller));
            }

            int cost = ContentCost.Of(block);
            if (cost <= left)
            {
                kept.Add(block.DeepClone());
                left -= cost;
            }
            else if (left >= LeastWorthKeeping && ContentCost.CuttableText(block) is { } text)
            {
                string cut = CutText(text, (left * ContentCost.CharactersPerToken) - (cost * ContentCost.CharactersPerToken) + text.Length);
                JsonObject shortened = ContentCost.WithText(block, cut);
                kept.Add((JsonNode)shortened);
                left = Math.Max(0, left - ContentCost.Of(shortened));
                omissions.Add(string.Create(CultureInfo.InvariantCulture, $"{name} from character {cut.Length} of {text.Length}"));
            }
            else
            {
                omissions.Add($"{name} ({ContentCost.Describe(block)})");
            }
        }

        return kept;
    }

    private static string CutText(string text, int characters)
    {
        int budget = Math.Min(characters, text.Length);
        if (text.Length <= LongestParsedText && text.AsSpan().TrimStart() is ['{' or '[', ..])
        {
            try
            {
                string shrunk = JsonText.Of(JsonShrinker.Shrink(JsonText.Parse(text), budget));
                if (shrunk.Length <= budget)
                {
                    return shrunk;
                }
            }
            catch (JsonException)
            {
                // It only looked like JSON.
            }
        }

        return TextCutter.Cut(text, budget);
    }

    private static bool IsCopyOf(JsonObject block, JsonNode structured)
    {
        if (ContentCost.CuttableText(block) is not { Length: <= LongestParsedText } text || text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return false;
        }

        try
        {
            return JsonNode.DeepEquals(JsonText.Parse(text), structured);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
