using System.Globalization;
using System.Text;

namespace McpOptimizer.Server.Cli;

/// <summary>
/// Standard output of the commands that show what servers said: whatever cannot be seen, or would steer a terminal, is written as <c>\uXXXX</c>, which JSON
/// reads as the same text. Line breaks and tabs stay.
/// </summary>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>A text as it is written.</summary>
    public static string Escape(string text)
    {
        StringBuilder? escaped = null;
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int length = rune.Utf16SequenceLength;
            bool isHalfAPair = rune == Rune.ReplacementChar && char.IsSurrogate(text[at]);
            if (isHalfAPair || (VisibleText.IsHidden(rune) && rune.Value is not ('\n' or '\t')))
            {
                escaped ??= new StringBuilder(text, 0, at, text.Length + 32);
                foreach (char unit in text.AsSpan(at, length))
                {
                    escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
                }
            }
            else
            {
                escaped?.Append(text, at, length);
            }

            at += length;
        }

        return escaped?.ToString() ?? text;
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => inner.Write(value is null ? null : Escape(value));

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value)
    {
        Write(value);
        inner.WriteLine();
    }

    public override void Flush() => inner.Flush();
}
