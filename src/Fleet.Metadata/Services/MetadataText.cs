using System.Globalization;
using System.Text;

namespace Fleet.Metadata.Services;

/// <summary>Makes text from anywhere fit to be shown: what no reader should meet is replaced, what is too long is cut between characters.</summary>
internal static class MetadataText
{
    private const char Replacement = '\uFFFD';
    private const string Ellipsis = "…";

    /// <summary>Line ends become <c>\n</c>; other control characters and halves of surrogate pairs become U+FFFD. Tabs stay.</summary>
    public static string Clean(string text)
    {
        if (!NeedsCleaning(text))
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (letter == '\r')
            {
                clean.Append(i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n");
            }
            else if (char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(letter).Append(text[++i]);
            }
            else
            {
                clean.Append(IsUnfit(letter) ? Replacement : letter);
            }
        }

        return clean.ToString();
    }

    /// <summary>The longest beginning whose measure, ellipsis included, is within the limit.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">What the result may measure at most.</param>
    /// <param name="measure">Measures a piece; the measure of a whole is the sum of its pieces'.</param>
    public static string Cut(string text, int limit, Func<string, int> measure)
    {
        int room = limit - measure(Ellipsis);
        int end = 0;
        while (end < text.Length)
        {
            int length = StringInfo.GetNextTextElementLength(text.AsSpan(end));
            room -= measure(text.Substring(end, length));
            if (room < 0)
            {
                return string.Concat(text.AsSpan(0, end), Ellipsis);
            }

            end += length;
        }

        return text;
    }

    private static bool NeedsCleaning(string text)
    {
        foreach (char letter in text)
        {
            if (letter == '\r' || char.IsSurrogate(letter) || IsUnfit(letter))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnfit(char letter) => (char.IsControl(letter) && letter is not '\n' and not '\t') || char.IsSurrogate(letter);
}
