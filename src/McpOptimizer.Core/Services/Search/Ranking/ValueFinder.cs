namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>Finds concrete values in a request: quoted text and placeholders. They say what to work on, not what to do.</summary>
internal static class ValueFinder
{
    private const int MaxLength = 200;

    /// <summary>One flag per character: whether it belongs to a value.</summary>
    public static bool[] Find(ReadOnlySpan<char> text)
    {
        bool[] inside = new bool[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            char close = ClosingOf(text, i);
            if (close == '\0')
            {
                continue;
            }

            int length = text[(i + 1)..Math.Min(text.Length, i + 1 + MaxLength)].IndexOf(close);
            if (length > 0 && !text.Slice(i + 1, length).Contains('\n'))
            {
                Array.Fill(inside, true, i, length + 2);
                i += length + 1;
            }
        }

        return inside;
    }

    private static char ClosingOf(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '"' => '"',
        '\u201C' => '\u201D',
        '`' => '`',
        '<' => '>',
        '\u00AB' => '\u00BB',
        '\'' when (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]) => '\'',
        _ => '\0',
    };
}
