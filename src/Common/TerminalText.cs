using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Common;

/// <summary>Text that came from a terminal, or goes to one: without what would steer it, and no longer than its reader wants.</summary>
internal static partial class TerminalText
{
    /// <summary>
    /// Takes out escape sequences, control and format characters; line ends of every kind become <c>\n</c>, tabs stay. Joiners stay too: scripts and
    /// emoji need them.
    /// </summary>
    public static string Clean(string text)
    {
        string plain = text.AsSpan().IndexOfAnyInRange('\u0080', '\u009f') >= 0 || text.Contains('\u001b', StringComparison.Ordinal)
            ? Sequences().Replace(text, "")
            : text;
        plain = plain.ReplaceLineEndings("\n");
        if (!plain.EnumerateRunes().Any(IsUnwanted))
        {
            return plain;
        }

        StringBuilder kept = new(plain.Length);
        foreach (Rune rune in plain.EnumerateRunes().Where(rune => !IsUnwanted(rune)))
        {
            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }

    /// <summary>
    /// The text, or its beginning and its end with a marker between them when it is longer than the limit: the beginning says what it is about and
    /// the end how it came out. Characters are never split.
    /// </summary>
    public static string Cut(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        int head = Boundary(text, limit / 2);
        int tail = Boundary(text, text.Length - (limit - (limit / 2)));
        string marker = string.Create(CultureInfo.InvariantCulture, $"\n… [{tail - head} of {text.Length} characters left out] …\n");
        return string.Concat(text.AsSpan(0, head), marker, text.AsSpan(tail));
    }

    /// <summary>Both at once; null stays null.</summary>
    public static string? Fit(string? text, int limit) => text is null ? null : Cut(Clean(text), limit);

    private static int Boundary(string text, int at) => char.IsLowSurrogate(text[at]) ? at - 1 : at;

    private static bool IsUnwanted(Rune rune) => rune.Value is not ('\n' or '\t' or 0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;

    // Seven and eight bit forms of: control sequences; strings for the terminal, which end with BEL or ST; single escapes. What may stand inside ends
    // at the next introducer, so that a text of introducers alone is read once.
    [GeneratedRegex(
        "(?:\u001b\\[|\u009b)[0-?]*[ -/]*[@-~]"
        + "|(?:\u001b[\\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0080-\u009f]*(?:\u0007|\u001b\\\\|\u009c)"
        + "|\u001b[ -/]*[0-~]")]
    private static partial Regex Sequences();
}
