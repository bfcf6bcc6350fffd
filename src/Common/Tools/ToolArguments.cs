using System.Globalization;
using System.Text.Json;

namespace Common.Tools;

/// <summary>
/// The arguments of a call, read by the declaration of the tool. An unknown name, a wrong type or a value out of range is refused, never ignored;
/// null is the same as left out, because models like to spell out what they leave out.
/// </summary>
internal class ToolArguments
{
    private readonly ToolDeclaration _tool;
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    /// <summary>Takes the arguments in.</summary>
    /// <exception cref="ToolArgumentException">A name is unknown, a required one is missing, or two names of one parameter disagree.</exception>
    public ToolArguments(ToolDeclaration tool, IEnumerable<KeyValuePair<string, JsonElement>> arguments)
    {
        _tool = tool;
        Dictionary<string, string>? spelled = null;
        foreach ((string name, JsonElement value) in arguments)
        {
            ToolParameter? parameter = tool.Find(name);
            if (parameter is null && !tool.TakesOthers)
            {
                throw ToolArgumentException.Unknown(tool, name);
            }

            if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            {
                continue;
            }

            // Half a character, as careless cutting leaves it, would fail wherever the text is looked at.
            JsonElement whole = JsonText.Whole(value);
            if (parameter is null)
            {
                (Others ??= new(StringComparer.Ordinal))[JsonText.Whole(name)] = whole;
                continue;
            }

            if (_values.TryGetValue(parameter.Name, out JsonElement other))
            {
                string before = spelled?.GetValueOrDefault(parameter.Name) ?? parameter.Name;
                bool alias = !ToolParameter.IsSpelling(parameter.Name, name) || !ToolParameter.IsSpelling(parameter.Name, before);
                if (alias && !JsonElement.DeepEquals(other, value))
                {
                    throw ToolArgumentException.Wrong(tool, name, value, $"the same as {before}, or only one of the two");
                }

                // Of two spellings of one name snake_case wins.
                if (!name.Contains('_', StringComparison.Ordinal))
                {
                    continue;
                }
            }

            if (name != parameter.Name)
            {
                (spelled ??= new(StringComparer.Ordinal))[parameter.Name] = name;
            }

            _values[parameter.Name] = whole;
        }

        if (!tool.TakesOthers && tool.Parameters.FirstOrDefault(parameter => parameter.Required && !_values.ContainsKey(parameter.Name)) is { } missing)
        {
            throw Missing(missing.Name);
        }
    }

    /// <summary>The tool's name.</summary>
    public string Tool => _tool.Name;

    /// <summary>What came, by the names that the tool declares.</summary>
    public IReadOnlyDictionary<string, JsonElement> Values => _values;

    /// <summary>What came beside the parameters of a tool that takes anything, for it to take from; null for nothing.</summary>
    public Dictionary<string, JsonElement>? Others { get; }

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>An id that must be there.</summary>
    public int Id(string name) => OptionalId(name) ?? throw Missing(name);

    public int? OptionalId(string name)
    {
        if (!_values.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        return TryWhole(value, out long id) && id is > 0 and <= int.MaxValue ? (int)id : throw Wrong(name, "an id: an integer from 1 to 2147483647, as number or digits");
    }

    /// <summary>A whole number that must be there or has a default.</summary>
    public int Integer(string name) => OptionalInteger(name) ?? throw Missing(name);

    /// <summary>A whole number within the declared range, or its default.</summary>
    public int? OptionalInteger(string name) => OptionalLong(name) switch
    {
        null => null,
        { } number and >= int.MinValue and <= int.MaxValue => (int)number,
        _ => throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"an integer from {Declared(name).Minimum ?? int.MinValue} to {int.MaxValue}")),
    };

    /// <inheritdoc cref="OptionalInteger"/>
    public long? OptionalLong(string name)
    {
        if (!_values.TryGetValue(name, out JsonElement value))
        {
            return Declared(name).Default?.GetValue<int>();
        }

        ToolParameter parameter = Declared(name);
        return TryWhole(value, out long number) && number >= (parameter.Minimum ?? long.MinValue) && number <= (parameter.Maximum ?? long.MaxValue) ? number : throw Wrong(name);
    }

    /// <summary>A text that must be there or has a default.</summary>
    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    /// <summary>A text as it came, even a blank one, or its default.</summary>
    public string? OptionalText(string name)
    {
        if (!_values.TryGetValue(name, out JsonElement value))
        {
            return Declared(name).Default?.GetValue<string>();
        }

        return value.ValueKind == JsonValueKind.String ? Bounded(name, value.GetString()!) : throw Wrong(name, "a text");
    }

    /// <summary>One of the declared words, or the default.</summary>
    public string? Choice(string name)
    {
        ToolParameter parameter = Declared(name);
        if (!_values.TryGetValue(name, out JsonElement value))
        {
            return parameter.Default?.GetValue<string>();
        }

        string word = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name);
        return parameter.Choices.Contains(word, StringComparer.Ordinal) ? word : throw Wrong(name, nearest: NearestName.Find(word, parameter.Choices));
    }

    /// <summary>A truth value that must be there or has a default.</summary>
    public bool Flag(string name) => OptionalFlag(name) ?? throw Missing(name);

    public bool? OptionalFlag(string name)
    {
        if (!_values.TryGetValue(name, out JsonElement value))
        {
            return Declared(name).Default?.GetValue<bool>();
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when bool.TryParse(value.GetString(), out bool flag) => flag,
            _ => throw Wrong(name),
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
            JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => [.. value.EnumerateArray().Select(item => item.GetString()!)],
            _ => throw Wrong(name),
        };
        Bound(name, words.Sum(word => word.Length + 1) - 1);
        return words.All(string.IsNullOrWhiteSpace) ? null : words;
    }

    /// <summary>Texts by name, numbers and truth values as they are written; empty when they were left out. A name that comes twice has its last value.</summary>
    public IReadOnlyDictionary<string, string> Texts(string name)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        if (!_values.TryGetValue(name, out JsonElement value))
        {
            return texts;
        }

        foreach (JsonProperty member in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : throw Wrong(name))
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Null:
                    texts.Remove(member.Name);
                    break;
                case JsonValueKind.Object or JsonValueKind.Array:
                    throw Wrong(name);
                default:
                    texts[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
                    break;
            }
        }

        Bound(name, texts.Sum(text => text.Key.Length + text.Value.Length));
        return texts;
    }

    /// <summary>Any JSON that must be there.</summary>
    public JsonElement Json(string name) => _values.TryGetValue(name, out JsonElement value) ? value : throw Missing(name);

    /// <summary>The refusal of a value that came.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="expected">What is legal; null is what the parameter declares.</param>
    /// <param name="nearest">What was probably meant.</param>
    public ToolArgumentException Wrong(string name, string? expected = null, string? nearest = null) =>
        ToolArgumentException.Wrong(_tool, name, _values[name], expected ?? Declared(name).Expected, nearest);

    /// <summary>The refusal of a call that lacks a value.</summary>
    public ToolArgumentException Missing(string name, string? expected = null) => ToolArgumentException.Missing(_tool, name, expected ?? Declared(name).Expected);

    /// <summary>A whole number as callers write it: 1000.0 where their language knows one kind of number, digits as text where a model is careless.</summary>
    public static bool TryWhole(JsonElement value, out long whole)
    {
        (string? text, NumberStyles style) = value.ValueKind switch
        {
            JsonValueKind.Number => (value.GetRawText(), NumberStyles.Float),
            JsonValueKind.String => (value.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint),
            _ => (null, NumberStyles.None),
        };
        bool found = decimal.TryParse(text, style, CultureInfo.InvariantCulture, out decimal exact)
            && exact == decimal.Truncate(exact) && exact is >= long.MinValue and <= long.MaxValue;
        whole = found ? (long)exact : 0;
        return found;
    }

    private string Bounded(string name, string text)
    {
        Bound(name, text.Length);
        return text;
    }

    private void Bound(string name, int length)
    {
        if (Declared(name).Longest is { } most && length > most)
        {
            throw ToolArgumentException.TooLong(_tool, name, _values[name], length, most);
        }
    }

    private ToolParameter Declared(string name) =>
        _tool.Find(name) is { } parameter && parameter.Name == name ? parameter
            : throw new InvalidOperationException($"{_tool.Name} declares no parameter '{name}'.");
}
