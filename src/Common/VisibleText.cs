using System.Globalization;
using System.Text;

namespace Common;

/// <summary>Makes text from strangers safe to look at: the one escape at every console, log and audit boundary.</summary>
internal static class VisibleText
{
    /// <summary>Writes what has no shape of its own, or would steer a terminal, as <c>\u{HEX}</c>; line breaks and tabs only when <paramref name="keepLines"/> is false.</summary>
    public static string Escape(string text, bool keepLines = false)
    {
        StringBuilder? escaped = null;
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool hidden = IsHidden(rune) && !(keepLines && rune.Value is '\n' or '\t');
            if (hidden)
            {
                escaped ??= new StringBuilder(text, 0, at, text.Length + 32);
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            }
            else
            {
                escaped?.Append(rune.ToString());
            }

            at += rune.Utf16SequenceLength;
        }

        return escaped?.ToString() ?? text;
    }

    /// <summary>The escaped text, cut to at most <paramref name="limit"/> runes with an ellipsis: for names and excerpts in log lines and records.</summary>
    public static string Shorten(string text, int limit = 200)
    {
        int at = 0;
        int runes = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (++runes > limit)
            {
                return Escape(text[..at]) + "…";
            }

            at += rune.Utf16SequenceLength;
        }

        return Escape(text);
    }

    /// <summary>Whether a character cannot be seen: controls, formats, private and unassigned ones, variation selectors, and blanks that are no spaces.</summary>
    public static bool IsHidden(Rune rune) => rune.IsAscii
        ? rune.Value is < 0x20 or 0x7F
        : rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;
}
