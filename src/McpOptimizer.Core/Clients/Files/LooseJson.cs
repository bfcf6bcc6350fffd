using System.Text.Json;

namespace McpOptimizer.Core.Clients.Files;

/// <summary>Reads members that people write by hand: a number or a truth value where text is wanted, and the other way round. Anything else is a fault that names the member.</summary>
internal static class LooseJson
{
    /// <summary>A text; numbers and truth values as they are written; null for JSON null.</summary>
    /// <exception cref="FormatException">It is an object or a list.</exception>
    public static string? Text(JsonElement value, string member) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Null => null,
        _ => throw Wrong(value, member, "a text"),
    };

    /// <summary>true or false, also as a text.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static bool Flag(JsonElement value, string member) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        JsonValueKind.String when bool.TryParse(value.GetString(), out bool flag) => flag,
        _ => throw Wrong(value, member, "true or false"),
    };

    /// <summary>A number, also as a text.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static double Number(JsonElement value, string member)
    {
        string? text = value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? Text(value, member) : null;
        return double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : throw Wrong(value, member, "a number");
    }

    /// <summary>A list of texts; one text without white space counts as a list of one.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static IReadOnlyList<string> Texts(JsonElement value, string member) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array => [.. value.EnumerateArray().Select((item, at) => Text(item, $"{member}[{at}]") ?? throw Wrong(item, $"{member}[{at}]", "a text"))],
        JsonValueKind.String when value.GetString() is { Length: > 0 } one && !one.Any(char.IsWhiteSpace) => [one],
        _ => throw Wrong(value, member, "a list of texts, for example [\"-y\", \"some-package\"]"),
    };

    /// <summary>An object of texts; members that are null are left out.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static IReadOnlyDictionary<string, string> Map(JsonElement value, string member)
    {
        Dictionary<string, string> map = new(StringComparer.Ordinal);
        foreach (JsonProperty property in Members(value, member))
        {
            if (Text(property.Value, $"{member}.{property.Name}") is { } text)
            {
                map[property.Name] = text;
            }
        }

        return map;
    }

    /// <summary>The members of an object; none for JSON null.</summary>
    /// <exception cref="FormatException">It is no object.</exception>
    public static IEnumerable<JsonProperty> Members(JsonElement value, string member) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject(),
        JsonValueKind.Null => [],
        _ => throw Wrong(value, member, "an object"),
    };

    // What stands there may be a secret: its kind is enough to find it.
    private static FormatException Wrong(JsonElement value, string member, string wanted) =>
        new($"\"{VisibleText.Shorten(member)}\" is {Kind(value)}; expected {wanted}.");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };
}
