using System.Text;
using System.Text.Json.Nodes;

namespace McpOptimizer.Server.Clients;

/// <summary>Sets and removes one table of a TOML text that people keep by hand; every other line stays as it is.</summary>
internal static class TomlTables
{
    /// <summary>The text with <c>[place.name]</c> at its end, in place of a table of that name.</summary>
    public static string Set(string text, string place, string name, JsonObject value)
    {
        StringBuilder result = new(Remove(text, place, name));
        if (result.Length > 0 && result[^1] != '\n')
        {
            result.Append('\n');
        }

        result.Append(result.Length > 0 ? "\n" : "").Append('[').Append(place).Append('.').Append(Key(name)).Append("]\n");
        foreach ((string key, JsonNode? member) in value)
        {
            result.Append(Key(key)).Append(" = ").Append(Value(member!)).Append('\n');
        }

        return result.ToString();
    }

    /// <summary>The text without <c>[place.name]</c> and the tables below it.</summary>
    public static string Remove(string text, string place, string name)
    {
        StringBuilder kept = new();
        bool inside = false;
        string? quotes = null;
        foreach (string line in Lines(text))
        {
            if (quotes is null && line.TrimStart().StartsWith('['))
            {
                inside = IsBelow(line, place, name);
            }

            quotes = OpenQuotes(line, quotes);
            if (!inside)
            {
                kept.Append(line);
            }
        }

        // The blank line that stood before the table goes with it.
        string result = kept.ToString();
        return result.Length < text.Length && result.EndsWith("\n\n", StringComparison.Ordinal) ? result[..^1] : result;
    }

    private static IEnumerable<string> Lines(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            int end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            yield return text[at..end];
            at = end;
        }
    }

    private static bool IsBelow(string header, string place, string name)
    {
        string inner = header.Trim().Trim('[').Split(']')[0].Trim();
        return Forms(name).Any(form => inner == $"{place}.{form}" || inner.StartsWith($"{place}.{form}.", StringComparison.Ordinal));
    }

    private static string[] Forms(string name) => [name, $"\"{name}\"", $"'{name}'"];

    // A line within a text of several lines is no header, whatever it begins with.
    private static string? OpenQuotes(string line, string? open)
    {
        for (int at = 0; at + 3 <= line.Length; at++)
        {
            string here = line.Substring(at, 3);
            if (here is "\"\"\"" or "'''" && (open is null || open == here))
            {
                open = open is null ? here : null;
                at += 2;
            }
            else if (open is null && line[at] == '#')
            {
                break;
            }
        }

        return open;
    }

    private static string Key(string name) => name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') ? name : Text(name);

    private static string Value(JsonNode value) => value switch
    {
        JsonObject table => $"{{ {string.Join(", ", table.Select(member => $"{Key(member.Key)} = {Value(member.Value!)}"))} }}",
        JsonArray list => $"[{string.Join(", ", list.Select(item => Value(item!)))}]",
        _ => value.GetValueKind() == System.Text.Json.JsonValueKind.String ? Text(value.GetValue<string>()) : value.ToJsonString(),
    };

    // What JSON escapes, TOML escapes in the same way.
    private static string Text(string value) => System.Text.Json.JsonSerializer.Serialize(value, ClientJson.Default.String);
}
