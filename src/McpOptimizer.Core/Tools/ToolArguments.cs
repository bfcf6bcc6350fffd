using System.Globalization;
using System.Text.Json;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Calls;

namespace McpOptimizer.Core.Tools;

/// <summary>Reads the arguments of a call; a fault names the argument, what came, and what is expected.</summary>
internal sealed class ToolArguments(string tool, IDictionary<string, JsonElement>? arguments, params string[] known)
{
    /// <summary>Most characters of a name or handle.</summary>
    public const int LongestName = 1_000;

    /// <summary>Most characters of a need or of its keywords.</summary>
    public const int LongestNeed = 20_000;

    /// <summary>Most characters of an address.</summary>
    public const int LongestAddress = 8_000;

    /// <summary>Most characters of all texts in an object of texts.</summary>
    public const int LongestTextMap = 1_000_000;

    private const int LongestShown = 100;
    private const int MostNamed = 20;

    private static readonly string[] CallMembers = ["server_name", "tool_name", "parameters"];

    private readonly IDictionary<string, JsonElement> _arguments = arguments ?? new Dictionary<string, JsonElement>();

    /// <summary>A text that must be there.</summary>
    /// <exception cref="ArgumentException">It is missing, no text, or too long.</exception>
    public string RequiredText(string name, int most = LongestName) =>
        OptionalText(name, most) ?? throw new ArgumentException($"{tool} needs '{name}' (a string).{Received()}");

    /// <summary>A text, or null.</summary>
    public string? OptionalText(string name, int most = LongestName)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? Bounded(name, value.GetString()!, most) : throw Wrong(name, value, "a string");
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
            JsonValueKind.String => Bounded(name, value.GetString()!, LongestNeed),
            JsonValueKind.Array when value.EnumerateArray().All(word => word.ValueKind == JsonValueKind.String) =>
                Bounded(name, string.Join(' ', value.EnumerateArray().Select(word => word.GetString())), LongestNeed),
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
        return texts is { Length: > 0 } && texts.Length <= most && texts.All(text => text.Length <= LongestName) ? texts : throw Wrong(name, value, $"an array of 1 to {most} strings of at most {LongestName} characters");
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

        if (value.ValueKind != JsonValueKind.Object
            || !value.EnumerateObject().All(member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
        {
            throw Wrong(name, value, "an object of strings");
        }

        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            texts[member.Name] = member.Value.ToString();
        }

        int length = texts.Sum(text => text.Key.Length + text.Value.Length);
        return length <= LongestTextMap ? texts : throw TooLong(name, length, LongestTextMap);
    }

    /// <summary>An array, also one written as the text of its JSON; null when it is missing.</summary>
    public JsonElement? OptionalList(string name) => Raw(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } list => list,
        { ValueKind: JsonValueKind.String } text when LooseJson.TryRead(text.GetString()!, out JsonElement read, out _) && read.ValueKind == JsonValueKind.Array => read,
        { } other => throw Wrong(name, other, "an array"),
    };

    /// <summary>A call of a tool: names, arguments, and whatever stood beside them.</summary>
    /// <exception cref="ArgumentException">A name is no text.</exception>
    public static ToolCallRequest ReadCall(string tool, IDictionary<string, JsonElement>? given)
    {
        ToolArguments arguments = new(tool, given, CallMembers);
        Dictionary<string, JsonElement> others = arguments._arguments
            .Where(member => !CallMembers.Contains(member.Key, StringComparer.Ordinal) && member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            .ToDictionary(StringComparer.Ordinal);

        // The names as the answers of find_tool have them.
        string? server = arguments.OptionalText("server_name") ?? Take(others, "mcp_server_name");
        string? name = arguments.OptionalText("tool_name") ?? Take(others, "name");
        return new ToolCallRequest { ServerName = server, ToolName = name, Arguments = arguments.Raw("parameters") ?? default, Others = others.Count == 0 ? null : others };
    }

    /// <summary>A value as errors show it.</summary>
    public static string Shorten(JsonElement value)
    {
        string text = JsonText.Of(value);
        return text.Length > LongestShown ? JsonText.Whole(text[..LongestShown]) + "…" : text;
    }

    /// <summary>Whatever came under a name.</summary>
    public JsonElement? Raw(string name) => TryGet(name, out JsonElement value) ? value : null;

    /// <summary>Refuses names that the tool does not know, so that a slip does not pass silently.</summary>
    public ToolArguments RejectUnknown()
    {
        string? unknown = _arguments.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal));
        return unknown is null ? this : throw new ArgumentException($"{tool} has no argument '{VisibleText.Shorten(unknown)}'.{NearestName.Hint(unknown, known)}");
    }

    private bool TryGet(string name, out JsonElement value) =>
        _arguments.TryGetValue(name, out value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    private ArgumentException Wrong(string name, JsonElement value, string expected) =>
        new ArgumentException($"{tool}: '{name}' is {Shorten(value)}; expected {expected}.");

    private string Bounded(string name, string text, int most) => text.Length <= most ? text : throw TooLong(name, text.Length, most);

    private ArgumentException TooLong(string name, int length, int most) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{tool}: '{name}' has {length:N0} characters; at most {most:N0} are read. Say it in fewer words."));

    private static string? Take(Dictionary<string, JsonElement> others, string name)
    {
        if (!others.TryGetValue(name, out JsonElement value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        others.Remove(name);
        return value.GetString();
    }

    private string Received() => _arguments.Count == 0 ? " No arguments came." : $" Received: {string.Join(", ", _arguments.Keys.Order(StringComparer.Ordinal).Take(MostNamed).Select(name => VisibleText.Shorten(name)))}.";
}
