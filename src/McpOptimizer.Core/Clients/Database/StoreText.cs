using System.Buffers;
using System.Globalization;
using System.Text;

namespace McpOptimizer.Core.Clients.Database;

/// <summary>
/// Text as the columns hold it. Not every database takes every .NET string: a NUL, or half of a surrogate pair, is written as a mark and its meaning, and read
/// back as it was.
/// </summary>
internal static class StoreText
{
    // A code point that Unicode sets aside for uses like this one.
    private const char Mark = '\uFDD0';
    private const int DigitsOfAUnit = 4;

    private static readonly SearchValues<char> Marked = SearchValues.Create(Suspects());

    private static ReadOnlySpan<byte> MarkUtf8 => "\uFDD0"u8;

    /// <summary>What a column is set to.</summary>
    public static string Write(string text)
    {
        int first = text.AsSpan().IndexOfAny(Marked);
        if (first < 0)
        {
            return text;
        }

        StringBuilder written = new(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                written.Append(c).Append(text[++i]);
            }
            else if (c is '\0' or Mark || char.IsSurrogate(c))
            {
                written.Append(Mark).Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                written.Append(c);
            }
        }

        return written.ToString();
    }

    /// <summary>What was written.</summary>
    public static string Read(string text)
    {
        int mark = text.IndexOf(Mark, StringComparison.Ordinal);
        if (mark < 0)
        {
            return text;
        }

        StringBuilder read = new(text.Length);
        int from = 0;
        while (mark >= 0)
        {
            read.Append(text, from, mark - from);
            if (mark + DigitsOfAUnit < text.Length && ushort.TryParse(text.AsSpan(mark + 1, DigitsOfAUnit), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
            {
                read.Append((char)unit);
                from = mark + 1 + DigitsOfAUnit;
            }
            else
            {
                // Written before marks had a meaning.
                read.Append(Mark);
                from = mark + 1;
            }

            mark = text.IndexOf(Mark, from);
        }

        return read.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>What was written, as UTF-8: for texts that nobody reads as text.</summary>
    public static byte[] ReadUtf8(byte[] text) => text.AsSpan().IndexOf(MarkUtf8) < 0 ? text : Encoding.UTF8.GetBytes(Read(Encoding.UTF8.GetString(text)));

    private static string Suspects()
    {
        StringBuilder suspects = new("\0" + Mark);
        for (char c = '\uD800'; c <= '\uDFFF'; c++)
        {
            suspects.Append(c);
        }

        return suspects.ToString();
    }
}
