using System.Globalization;
using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Doctor;
using McpOptimizer.Core.Services.Tokens;

namespace McpOptimizer.Core.Services.Doctor;

/// <summary>What one definition shows by itself: names, texts, schemas, size.</summary>
internal sealed class DefinitionChecks(ITokenCounter tokens)
{
    private const int LongestName = 64;
    private const int LargestDefinition = 1_000;
    private const int FewestWords = 4;
    private const int MostNamed = 5;

    /// <summary>The findings on one tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="total">Tokens of the whole catalogue.</param>
    public IEnumerable<DoctorFinding> Examine(ExaminedTool tool, long total)
    {
        using Definition definition = Definition.Parse(tool.Tool.DefinitionJson);
        return [.. Names(tool), .. Texts(tool), .. Schemas(tool, definition.Root), .. Size(tool, definition.Root, total)];
    }

    private static IEnumerable<DoctorFinding> Names(ExaminedTool tool)
    {
        string name = tool.Tool.Name;
        string prefixed = $"mcp__{tool.Tool.ServerName}__{name}";
        if (name.Length > LongestName)
        {
            yield return Finding(DoctorSeverity.Error, DoctorCodes.LongName, tool, $"Its name has {name.Length} characters; model APIs take {LongestName}.", "Shorten the name at its server.");
        }
        else if (prefixed.Length > LongestName)
        {
            int room = LongestName - (prefixed.Length - tool.Tool.ServerName.Length);
            yield return Finding(
                DoctorSeverity.Warning,
                DoctorCodes.LongPrefixedName,
                tool,
                $"Clients that put the server's name in front make it {prefixed.Length} characters ({prefixed}); model APIs take {LongestName}. Through call_tool it works.",
                room > 0 ? $"Give the server a name of at most {room} characters." : "Shorten the tool's name.");
        }

        if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-')))
        {
            yield return Finding(
                DoctorSeverity.Warning, DoctorCodes.NameCharacters, tool, "Its name has characters that model APIs refuse when a client offers it directly. Through call_tool it works.", "Use letters, digits, underscore and hyphen.");
        }
    }

    private static IEnumerable<DoctorFinding> Texts(ExaminedTool tool)
    {
        if (tool.Words.Length == 0)
        {
            yield return Finding(DoctorSeverity.Warning, DoctorCodes.NoDescription, tool, "It has no description: only its name and parameters can be found.", "Say in a sentence what it does, to what, and when to use it.");
        }
        else if (tool.Words.Length < FewestWords)
        {
            yield return Finding(
                DoctorSeverity.Warning, DoctorCodes.ShortDescription, tool, $"Its description has {tool.Words.Length} word{(tool.Words.Length > 1 ? "s" : "")}.", "Say what it does, to what, and when to use it.");
        }
    }

    private static IEnumerable<DoctorFinding> Schemas(ExaminedTool tool, JsonElement definition)
    {
        IReadOnlyList<string> faults = SchemaInspector.FindFaults(definition);
        if (faults.Count > 0)
        {
            string more = faults.Count > MostNamed ? $" And {faults.Count - MostNamed} more." : "";
            yield return Finding(DoctorSeverity.Error, DoctorCodes.InvalidSchema, tool, string.Join(' ', faults.Take(MostNamed)) + more, "Mend the schema at its server.");
        }

        string[] silent = [.. SchemaInspector.Parameters(definition).Where(parameter => !IsDocumented(parameter.Value)).Select(parameter => parameter.Name)];
        if (silent.Length > 0)
        {
            string names = string.Join(", ", silent.Take(MostNamed)) + (silent.Length > MostNamed ? ", …" : "");
            yield return Finding(
                DoctorSeverity.Info,
                DoctorCodes.UndocumentedParameters,
                tool,
                $"{silent.Length} of {SchemaInspector.Parameters(definition).Count()} parameters have no description: {names}.",
                "Describe them: callers guess otherwise, and their words are searched too.");
        }
    }

    private IEnumerable<DoctorFinding> Size(ExaminedTool tool, JsonElement definition, long total)
    {
        if (tool.Tool.TokenCount <= LargestDefinition)
        {
            yield break;
        }

        List<(string Part, int Tokens)> parts = [];
        if (definition.TryGetProperty("outputSchema", out JsonElement output))
        {
            parts.Add(("the outputSchema", Count(output)));
        }

        if (definition.TryGetProperty("description", out JsonElement description))
        {
            parts.Add(("the description", Count(description)));
        }

        parts.AddRange(SchemaInspector.Parameters(definition).Select(parameter => ($"the parameter '{parameter.Name}'", Count(parameter.Value))));
        if (definition.TryGetProperty("inputSchema", out JsonElement input) && input.ValueKind == JsonValueKind.Object)
        {
            parts.AddRange(((string[])["$defs", "definitions"]).Where(name => input.TryGetProperty(name, out _)).Select(name => ($"{name} of the inputSchema", Count(input.GetProperty(name)))));
        }

        (string part, int cost) = parts.DefaultIfEmpty((Part: "the definition", Tokens: tool.Tool.TokenCount)).MaxBy(part => part.Tokens);
        yield return Finding(
            DoctorSeverity.Warning,
            DoctorCodes.Oversized,
            tool,
            string.Create(CultureInfo.InvariantCulture, $"Its definition costs {tool.Tool.TokenCount:N0} tokens, {100.0 * tool.Tool.TokenCount / total:0.0} % of the catalogue."),
            $"Shorten {part}, or leave it out; callers that cannot change it ask for detail compact.",
            string.Create(CultureInfo.InvariantCulture, $"Without {part} the definition saves {cost:N0} of {tool.Tool.TokenCount:N0} tokens."));
    }

    private int Count(JsonElement element) => tokens.Count(Encoding.UTF8.GetBytes(element.GetRawText()));

    private static bool IsDocumented(JsonElement parameter) =>
        parameter.ValueKind != JsonValueKind.Object
        || (parameter.TryGetProperty("description", out JsonElement text) && text.ValueKind == JsonValueKind.String && text.GetString()!.Trim().Length > 0)
        || parameter.TryGetProperty("const", out _);

    private static DoctorFinding Finding(DoctorSeverity severity, string code, ExaminedTool tool, string message, string suggestion, string? effect = null) =>
        new() { Severity = severity, Code = code, Tool = tool.FullName, Message = message, Suggestion = suggestion, Effect = effect };
}
