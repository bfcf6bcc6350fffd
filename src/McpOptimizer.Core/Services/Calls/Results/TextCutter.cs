namespace McpOptimizer.Core.Services.Calls.Results;

/// <summary>Cuts text where a reader would.</summary>
internal static class TextCutter
{
    private static readonly string[] Boundaries = ["\n\n", "\n", ". ", " "];

    /// <summary>The beginning of a text, at most so long: to the end of a paragraph, line, sentence or word in its last quarter, never inside a character.</summary>
    public static string Cut(string text, int characters)
    {
        if (text.Length <= characters)
        {
            return text;
        }

        int end = Math.Max(0, characters);
        int earliest = end * 3 / 4;
        foreach (string boundary in Boundaries)
        {
            int at = text.LastIndexOf(boundary, Math.Max(0, end - 1), StringComparison.Ordinal);
            if (at >= earliest && at > 0)
            {
                return text[..(at + (boundary[0] == '.' ? 1 : 0))];
            }
        }

        return text[..Whole(text, end)];
    }

    /// <summary>The position, or the one before when it lies inside a character of two units.</summary>
    public static int Whole(string text, int position) =>
        position > 0 && position < text.Length && char.IsLowSurrogate(text[position]) && char.IsHighSurrogate(text[position - 1]) ? position - 1 : position;
}
