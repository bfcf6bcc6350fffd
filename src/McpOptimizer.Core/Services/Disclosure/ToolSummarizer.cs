using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;

namespace McpOptimizer.Core.Services.Disclosure;

/// <summary>Says in a line what a tool is for and how it is called.</summary>
internal static class ToolSummarizer
{
    private const int LongestPurpose = 120;
    private const int MostParameters = 20;
    private const int MostChoices = 5;
    private const int LongestWord = 60;
    private const int DeepestType = 8;

    public static ToolSummary Summarize(IndexedTool tool)
    {
        using Definition definition = Definition.Parse(tool.DefinitionJson);
        return new ToolSummary(FirstSentence(definition.Description ?? definition.Title ?? ""), SignatureOf(tool.Name, definition.InputSchema));
    }

    private static string FirstSentence(string description)
    {
        string line = string.Join(' ', description.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        int end = line.IndexOf(". ", StringComparison.Ordinal);
        line = end < 0 ? line : line[..end];
        return line.Length <= LongestPurpose ? line.TrimEnd('.') : JsonText.Whole(line[..(LongestPurpose - 1)]).TrimEnd() + "…";
    }

    private static string SignatureOf(string name, JsonElement schema)
    {
        StringBuilder signature = new(name);
        signature.Append('(');
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object)
        {
            HashSet<string> required = schema.TryGetProperty("required", out JsonElement names) && names.ValueKind == JsonValueKind.Array
                ? [.. names.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
                : [];

            // Required ones first: they are what a caller must know.
            JsonProperty[] parameters = [.. properties.EnumerateObject().OrderBy(parameter => required.Contains(parameter.Name) ? 0 : 1)];
            signature.AppendJoin(", ", parameters.Take(MostParameters).Select(parameter => $"{Brief(parameter.Name)}{(required.Contains(parameter.Name) ? "" : "?")}: {Brief(TypeOf(parameter.Value, 0))}"));
            if (parameters.Length > MostParameters)
            {
                signature.Append($", … {parameters.Length - MostParameters} more");
            }
        }

        return signature.Append(')').ToString();
    }

    private static string TypeOf(JsonElement schema, int level)
    {
        if (schema.ValueKind != JsonValueKind.Object || level > DeepestType)
        {
            return "any";
        }

        if (schema.TryGetProperty("enum", out JsonElement choices) && choices.ValueKind == JsonValueKind.Array)
        {
            string[] words = [.. choices.EnumerateArray().Take(MostChoices).Select(choice => Brief(choice.ToString()))];
            return string.Join('|', words) + (choices.GetArrayLength() > MostChoices ? "|…" : "");
        }

        if (!schema.TryGetProperty("type", out JsonElement type))
        {
            return Alternatives(schema, "anyOf", level) ?? Alternatives(schema, "oneOf", level) ?? "any";
        }

        if (type.ValueKind == JsonValueKind.Array)
        {
            return string.Join('|', type.EnumerateArray().Take(MostChoices).Select(item => item.ToString()).Where(word => word != "null"));
        }

        return type.ToString() == "array" ? (schema.TryGetProperty("items", out JsonElement items) ? TypeOf(items, level + 1) : "any") + "[]" : type.ToString();
    }

    private static string? Alternatives(JsonElement schema, string keyword, int level) =>
        schema.TryGetProperty(keyword, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? string.Join('|', list.EnumerateArray().Take(MostChoices).Select(branch => TypeOf(branch, level + 1)).Where(word => word != "null").Distinct(StringComparer.Ordinal))
            : null;

    private static string Brief(string text) => text.Length <= LongestWord ? text : JsonText.Whole(text[..(LongestWord - 1)]) + "…";
}
