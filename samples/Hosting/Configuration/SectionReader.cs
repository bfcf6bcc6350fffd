using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Hosting.Configuration;

/// <summary>Reads one section, value by value. What is not set changes nothing; what is wrong is added to the faults, with the setting, its value and what it may be.</summary>
internal sealed class SectionReader(IConfigurationSection section, List<string> faults)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    private delegate bool TryParse<T>(string text, out T value);

    public void Text(string name, Action<string> set)
    {
        _known.Add(name);
        if (section[name] is { Length: > 0 } text)
        {
            set(text);
        }
    }

    public void Flag(string name, Action<bool> set) => Parsed<bool>(name, "true or false", bool.TryParse, set);

    public void Duration(string name, Action<TimeSpan> set) =>
        Parsed<TimeSpan>(name, "a duration as hours:minutes:seconds, such as 00:00:30 for half a minute", TryParseDuration, set);

    public void Whole<T>(string name, string legal, Action<T> set)
        where T : struct, System.Numerics.INumberBase<T> =>
        Parsed(name, legal, static (string text, out T value) => T.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value), set);

    /// <summary>Items of a list, or one text with semicolons. It replaces what the list had.</summary>
    public void List(string name, Action<IList<string>> set)
    {
        _known.Add(name);
        IConfigurationSection list = section.GetSection(name);
        string[] values =
        [
            .. list.Value?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            .. list.GetChildren().Select(child => child.Value ?? "").Where(value => value.Length > 0),
        ];
        if (values.Length > 0)
        {
            set([.. values]);
        }
    }

    /// <summary>A fault for each name in the section that was not asked for.</summary>
    public void RefuseOthers()
    {
        foreach (IConfigurationSection other in section.GetChildren().Where(child => !_known.Contains(child.Key)))
        {
            faults.Add($"{VisibleText.Shorten(other.Path)} is no setting.{NearestName.Hint(other.Key, _known)}".TrimEnd('.', '?') + (NearestName.Find(other.Key, _known) is null ? "" : "?"));
        }
    }

    /// <summary>A fault for what is set although something else that it needs is not.</summary>
    public void RefuseAny(string why)
    {
        string[] set = [.. section.GetChildren().Where(child => _known.Contains(child.Key)).Select(child => child.Path).Order(StringComparer.Ordinal)];
        if (set.Length > 0)
        {
            faults.Add($"{string.Join(", ", set)} {why}");
        }
    }

    private void Parsed<T>(string name, string legal, TryParse<T> parse, Action<T> set)
    {
        _known.Add(name);
        if (section[name] is not { Length: > 0 } text)
        {
            return;
        }

        if (parse(text, out T value))
        {
            set(value);
        }
        else
        {
            faults.Add($"{section.Path}:{name} is '{text}', but must be {legal}");
        }
    }

    // A bare number would be read as days, which nobody means who writes 30.
    private static bool TryParseDuration(string text, out TimeSpan value)
    {
        value = default;
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }
}
