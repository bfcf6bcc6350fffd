using System.Globalization;
using System.Text.Json;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>Reads what only Horreum's tools take.</summary>
internal static class HorreumArguments
{
    /// <summary>What was asked for, for messages: the ids and names among the arguments.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Keys(this ToolArguments arguments) => arguments.Values
        .Where(pair => pair.Key is "id" or "runId" or "testId" or "test" or "datasetId" or "name" or "schemaUri" or "uri" or "viewId")
        .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()));

    /// <summary>A text; null when it is absent or blank.</summary>
    public static string? Filled(this ToolArguments arguments, string name)
    {
        string? text = arguments.OptionalText(name);
        return text?.Contains('\0', StringComparison.Ordinal) == true
            ? throw arguments.Wrong(name, "a text without null characters")
            : string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>A text that is neither absent nor blank.</summary>
    public static string RequiredFilled(this ToolArguments arguments, string name) => arguments.Filled(name) ?? throw arguments.Missing(name);

    /// <summary>A text, or a number in its digits: names and times may be either.</summary>
    public static string? TextOrNumber(this ToolArguments arguments, string name) =>
        arguments.Values.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            ? ToolArguments.TryWhole(value, out long whole) ? whole.ToString(CultureInfo.InvariantCulture) : value.GetRawText()
            : arguments.Filled(name);

    public static SortDirection? Direction(this ToolArguments arguments, string name = "direction")
    {
        string? word = arguments.Filled(name)?.Trim();
        return word?.ToLowerInvariant() switch
        {
            null => null,
            "ascending" or "asc" => SortDirection.Ascending,
            "descending" or "desc" => SortDirection.Descending,
            _ => throw arguments.Wrong(name, nearest: NearestName.Find(word, ToolParameters.Direction.Choices)),
        };
    }

    /// <summary>A filter as text: an object is written compactly.</summary>
    public static string? Filter(this ToolArguments arguments, string name) => !arguments.Values.TryGetValue(name, out JsonElement value)
        ? null
        : value.ValueKind switch
        {
            JsonValueKind.Object => JsonSerializer.Serialize(value, ContractCamelJsonContext.Default.JsonElement),
            JsonValueKind.String => arguments.Filled(name),
            _ => throw arguments.Wrong(name),
        };

    /// <summary>The test that a call names by id or by name; an id wins. Null when it names none.</summary>
    public static TestReference? Test(this ToolArguments arguments)
    {
        if (arguments.Has("testId"))
        {
            return TestReference.ById(arguments.Id("testId"));
        }

        string? name = arguments.TextOrNumber("test");
        return name is null ? null : TestReference.ByName(name);
    }

    public static TestReference RequiredTest(this ToolArguments arguments) =>
        arguments.Test() ?? throw arguments.Missing("testId", "testId, or test with the name of a test");
}
