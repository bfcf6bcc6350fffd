using System.Globalization;

namespace Hosting.Configuration;

/// <summary>
/// Reads environment variables and keeps what is wrong with them, so that one start names every fault. What is not set, or wrong, is null or the default:
/// reading goes on.
/// </summary>
/// <param name="read">The value of a variable; null when it is not set.</param>
public sealed class VariableReader(Func<string, string?> read)
{
    private readonly List<string> _faults = [];

    private delegate bool TryParse<T>(string text, out T value);

    /// <summary>What is wrong, a sentence each, without a full stop.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The text without blanks around it; null when it is not set or blank.</summary>
    public string? Text(string name) => read(name)?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The text; a fault when it is not set.</summary>
    /// <param name="name">Name of the variable.</param>
    /// <param name="what">What it is, for the message.</param>
    public string? Required(string name, string what)
    {
        string? text = Text(name);
        if (text is null)
        {
            Fault($"{name} is missing: {what}");
        }

        return text;
    }

    /// <summary>True, 1, yes and on; false, 0, no and off.</summary>
    public bool? Flag(string name) => Parsed<bool>(name, "true or false", TryParseFlag);

    /// <summary>A whole number.</summary>
    public int? Whole(string name, int least, int most) => (int?)Whole(name, least, most, "");

    /// <summary>A size in bytes.</summary>
    public long? Bytes(string name, long least, long most) => Whole(name, least, most, "bytes, ");

    /// <summary>A time in seconds, fractions included.</summary>
    public TimeSpan? Seconds(string name, double least, double most)
    {
        string legal = string.Create(CultureInfo.InvariantCulture, $"seconds, a number from {least} to {most}");
        return Parsed(name, legal, (string text, out TimeSpan value) =>
        {
            bool isLegal = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds >= least && seconds <= most;
            value = isLegal ? TimeSpan.FromSeconds(seconds) : default;
            return isLegal;
        });
    }

    /// <summary>A time in milliseconds. What is below the least is refused with the unit: who writes 3 means seconds.</summary>
    public TimeSpan? Milliseconds(string name, int least, int most)
    {
        string meant = long.TryParse(Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out long seconds) && seconds > 0 && seconds < least && seconds * 1000 <= most
            ? $" ({seconds} s are {seconds * 1000})"
            : "";
        return Whole(name, least, most, "milliseconds, ", meant) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    /// <summary>One of some words, in any case.</summary>
    public T Choice<T>(string name, T byDefault, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (Text(name) is not { } text)
        {
            return byDefault;
        }

        List<string> words = [];
        foreach ((string word, T value) in choices)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }

            words.Add(word);
        }

        Fault(name, text, "one of " + string.Join(", ", words));
        return byDefault;
    }

    /// <summary>The items between commas, semicolons or blanks.</summary>
    public IReadOnlyList<string> List(string name, params char[] separators) =>
        Text(name)?.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Adds a fault.</summary>
    public void Fault(string sentence) => _faults.Add(sentence);

    /// <summary>Adds a fault of one variable.</summary>
    /// <param name="name">Name of the variable.</param>
    /// <param name="value">Its value as it may be shown; null when it is missing.</param>
    /// <param name="legal">What it may be.</param>
    public void Fault(string name, string? value, string legal) =>
        Fault(value is null ? $"{name} is missing, but must be {legal}" : $"{name} is '{VisibleText.Shorten(value)}', but must be {legal}");

    private static bool TryParseFlag(string text, out bool value)
    {
        bool? flag = text.ToLowerInvariant() switch
        {
            "true" or "1" or "yes" or "on" => true,
            "false" or "0" or "no" or "off" => false,
            _ => null,
        };
        value = flag == true;
        return flag is not null;
    }

    private long? Whole(string name, long least, long most, string unit, string hint = "") => Parsed(name, $"{unit}a whole number from {least} to {most}{hint}", (string text, out long value) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);

    private T? Parsed<T>(string name, string legal, TryParse<T> parse)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (parse(text, out T value))
        {
            return value;
        }

        Fault(name, text, legal);
        return null;
    }
}
