using System.Globalization;
using System.Text.Json;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>
/// The arguments of a call. Both spellings of each name are accepted; an unknown name, a wrong type or a value out of range is refused, never ignored.
/// </summary>
internal sealed class ToolArguments
{
    private static readonly string[] Directions = [nameof(SortDirection.Ascending), nameof(SortDirection.Descending)];
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    public ToolArguments(ToolDefinition tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments)
    {
        Dictionary<string, string> spelled = new(StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in arguments)
        {
            string parameter = Find(tool, name);
            if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            {
                continue;
            }

            if (spelled.TryGetValue(parameter, out string? before))
            {
                bool alias = !SameName(parameter, name) || !SameName(parameter, before);
                if (alias && !JsonElement.DeepEquals(_values[parameter], value))
                {
                    throw HorreumContractException.Invalid(name, value.ToString(), $"the same as {before}, or only one of the two");
                }

                // Of two spellings of one name snake_case wins.
                if (!name.Contains('_', StringComparison.Ordinal))
                {
                    continue;
                }
            }

            spelled[parameter] = name;
            _values[parameter] = value;
        }

        foreach (ToolParameter parameter in tool.Parameters)
        {
            if (parameter.Required && !_values.ContainsKey(parameter.Name))
            {
                throw HorreumContractException.Invalid(parameter.Name, null, Expected(parameter));
            }
        }
    }

    /// <summary>What was asked for, for messages: the ids and names among the arguments.</summary>
    public IEnumerable<KeyValuePair<string, string>> Keys => _values
        .Where(pair => pair.Key is "id" or "runId" or "testId" or "test" or "datasetId" or "name" or "schemaUri" or "uri" or "viewId")
        .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()));

    public bool Has(string name) => _values.ContainsKey(name);

    public int Id(string name) => OptionalId(name) ?? throw HorreumContractException.Invalid(name, null, "an id: an integer from 1");

    public int? OptionalId(string name)
    {
        if (!_values.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        return TryInteger(value, out int id) && id > 0
            ? id
            : throw HorreumContractException.Invalid(name, value.ToString(), "an id: an integer from 1 to 2147483647, as number or digits");
    }

    public int? Integer(string name, int minimum, int maximum)
    {
        if (!_values.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        return TryInteger(value, out int number) && number >= minimum && number <= maximum
            ? number
            : throw HorreumContractException.Invalid(
                name, value.ToString(), maximum == int.MaxValue ? $"an integer from {minimum}" : $"an integer from {minimum} to {maximum}");
    }

    public string RequiredText(string name) => Text(name) ?? throw HorreumContractException.Invalid(name, null, "a text");

    /// <summary>A text; null when it is absent or blank.</summary>
    public string? Text(string name)
    {
        if (!_values.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        string? text = value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw HorreumContractException.Invalid(name, value.ToString(), "a text");
        if (text!.Contains('\0', StringComparison.Ordinal))
        {
            throw HorreumContractException.Invalid(name, text.Replace('\0', '?'), "a text without null characters");
        }

        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>A text, or a number in its digits: names and times may be either.</summary>
    public string? TextOrNumber(string name) => _values.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
        ? TryWhole(value.GetRawText(), NumberStyles.Float, out long whole) ? whole.ToString(CultureInfo.InvariantCulture) : value.GetRawText()
        : Text(name);

    public bool Flag(string name, bool byDefault) => OptionalFlag(name) ?? byDefault;

    public bool? OptionalFlag(string name)
    {
        if (!_values.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when bool.TryParse(value.GetString(), out bool flag) => flag,
            _ => throw HorreumContractException.Invalid(name, value.ToString(), "true or false"),
        };
    }

    public SortDirection? Direction(string name = "direction")
    {
        string? word = Text(name)?.Trim();
        return word?.ToLowerInvariant() switch
        {
            null => null,
            "ascending" or "asc" => SortDirection.Ascending,
            "descending" or "desc" => SortDirection.Descending,
            _ => throw HorreumContractException.Invalid(name, word, string.Join(" or ", Directions), NearestName.Find(word, Directions)),
        };
    }

    /// <summary>A list of words; one word alone counts as a list.</summary>
    public IReadOnlyList<string>? Words(string name)
    {
        if (!_values.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        IReadOnlyList<string>? words = value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                [.. value.EnumerateArray().Select(item => item.GetString()!)],
            _ => throw HorreumContractException.Invalid(name, value.ToString(), "a text or a list of texts"),
        };
        return words.All(string.IsNullOrWhiteSpace) ? null : words;
    }

    /// <summary>A filter as text: an object is written compactly.</summary>
    public string? Filter(string name)
    {
        if (!_values.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => JsonSerializer.Serialize(value, ContractCamelJsonContext.Default.JsonElement),
            JsonValueKind.String => Text(name),
            _ => throw HorreumContractException.Invalid(name, value.ToString(), "a JSON object or a text"),
        };
    }

    public JsonElement Json(string name) => _values[name];

    /// <summary>The test that a call names by id or by name; an id wins. Null when it names none.</summary>
    public TestReference? Test()
    {
        if (Has("testId"))
        {
            return TestReference.ById(Id("testId"));
        }

        string? name = TextOrNumber("test");
        return name is null ? null : TestReference.ByName(name);
    }

    public TestReference RequiredTest() => Test() ?? throw HorreumContractException.Invalid("testId", null, "testId, or test with the name of a test");

    // Callers whose language knows one kind of number write 1000.0.
    private static bool TryInteger(JsonElement value, out int number)
    {
        long whole = 0;
        bool found = value.ValueKind switch
        {
            JsonValueKind.Number => TryWhole(value.GetRawText(), NumberStyles.Float, out whole),
            JsonValueKind.String => TryWhole(value.GetString()!, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, out whole),
            _ => false,
        };
        number = found && whole is >= int.MinValue and <= int.MaxValue ? (int)whole : 0;
        return found && number == whole;
    }

    private static bool TryWhole(string text, NumberStyles style, out long whole)
    {
        bool found = decimal.TryParse(text, style, CultureInfo.InvariantCulture, out decimal exact)
            && exact == decimal.Truncate(exact) && exact is >= long.MinValue and <= long.MaxValue;
        whole = found ? (long)exact : 0;
        return found;
    }

    private static string Find(ToolDefinition tool, string name)
    {
        foreach (ToolParameter parameter in tool.Parameters)
        {
            if (SameName(parameter.Name, name) || parameter.Aliases.Any(alias => SameName(alias, name)))
            {
                return parameter.Name;
            }
        }

        throw HorreumContractException.UnknownParameter(name, tool.Name, [.. tool.Parameters.Select(parameter => parameter.Name)]);
    }

    private static bool SameName(string camel, string name) => name == camel || name == ToolSpelling.ToSnake(camel);

    private static string Expected(ToolParameter parameter) => parameter.Kind switch
    {
        ToolParameterKind.Id => "an id: an integer from 1",
        ToolParameterKind.Integer => $"an integer from {parameter.Minimum}",
        ToolParameterKind.Json => "any JSON",
        ToolParameterKind.Flag => "true or false",
        _ => "a text",
    };
}
