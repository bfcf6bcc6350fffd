using System.Text.Json;

namespace McpOptimizer.Core.Tools;

/// <summary>Reads the arguments of a call; a fault names the argument, what came, and what is expected.</summary>
internal sealed class ToolArguments(string tool, IDictionary<string, JsonElement>? arguments, params string[] known)
{
    private readonly IDictionary<string, JsonElement> _arguments = arguments ?? new Dictionary<string, JsonElement>();

    /// <summary>A text that must be there.</summary>
    /// <exception cref="ArgumentException">It is missing or no text.</exception>
    public string RequiredText(string name) =>
        OptionalText(name) ?? throw new ArgumentException($"{tool} needs '{name}' (a string).{Received()}");

    /// <summary>A text, or null.</summary>
    public string? OptionalText(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, value, "a string");
    }

    /// <summary>Words given as one string or as an array of strings.</summary>
    public string? OptionalWords(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Array when value.EnumerateArray().All(word => word.ValueKind == JsonValueKind.String) => string.Join(' ', value.EnumerateArray().Select(word => word.GetString())),
            _ => throw Wrong(name, value, "a string of words or an array of strings"),
        };
    }

    /// <summary>A list of texts that must be there, with at least one and at most so many.</summary>
    /// <exception cref="ArgumentException">It is missing, empty, too long, or holds something else.</exception>
    public IReadOnlyList<string> RequiredTexts(string name, int most)
    {
        if (!TryGet(name, out JsonElement value))
        {
            throw new ArgumentException($"{tool} needs '{name}' (an array of strings).{Received()}");
        }

        string[]? texts = value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => [.. value.EnumerateArray().Select(item => item.GetString()!)],
            _ => null,
        };
        return texts is { Length: > 0 } && texts.Length <= most ? texts : throw Wrong(name, value, $"an array of 1 to {most} strings");
    }

    /// <summary>A whole number within bounds, or null. Numbers written as strings are taken too: models do that.</summary>
    public int? OptionalNumber(string name, int min, int max)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        bool read = value.ValueKind == JsonValueKind.Number ? value.TryGetInt32(out int number)
            : int.TryParse(value.ValueKind == JsonValueKind.String ? value.GetString() : null, out number);
        return read && number >= min && number <= max ? number : throw Wrong(name, value, $"a whole number from {min} to {max}");
    }

    /// <summary>One of a few words, or null.</summary>
    public string? OptionalChoice(string name, params ReadOnlySpan<string> choices)
    {
        string? word = OptionalText(name);
        return word is null || choices.Contains(word) ? word : throw new ArgumentException($"{tool}: '{name}' is \"{word}\"; expected one of {string.Join(", ", choices.ToArray())}.");
    }

    /// <summary>A truth value, or null.</summary>
    public bool? OptionalFlag(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
            : bool.TryParse(value.ValueKind == JsonValueKind.String ? value.GetString() : null, out bool flag) ? flag
            : throw Wrong(name, value, "true or false");
    }

    /// <summary>An object of texts; other plain values are taken as their JSON text. Empty when missing.</summary>
    public IReadOnlyDictionary<string, string> OptionalTextMap(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return new Dictionary<string, string>();
        }

        return value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().All(member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            ? value.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ToString())
            : throw Wrong(name, value, "an object of strings");
    }

    /// <summary>Whatever came under a name.</summary>
    public JsonElement? Raw(string name) => TryGet(name, out JsonElement value) ? value : null;

    /// <summary>Refuses names that the tool does not know, so that a slip does not pass silently.</summary>
    public ToolArguments RejectUnknown()
    {
        string? unknown = _arguments.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal));
        return unknown is null ? this : throw new ArgumentException($"{tool} has no argument '{unknown}'.{NearestName.Hint(unknown, known)}");
    }

    private bool TryGet(string name, out JsonElement value) =>
        _arguments.TryGetValue(name, out value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    private ArgumentException Wrong(string name, JsonElement value, string expected)
    {
        string text = value.GetRawText();
        return new ArgumentException($"{tool}: '{name}' is {(text.Length > 100 ? text[..100] + "…" : text)}; expected {expected}.");
    }

    private string Received() => _arguments.Count == 0 ? " No arguments came." : $" Received: {string.Join(", ", _arguments.Keys.Order(StringComparer.Ordinal))}.";
}
