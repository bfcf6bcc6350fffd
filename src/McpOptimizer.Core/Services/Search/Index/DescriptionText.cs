namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>Tells the sentence that says what a tool does from the rest of its description.</summary>
internal static class DescriptionText
{
    private const int MinSummary = 12;
    private const int MaxSummary = 300;

    /// <summary>The first sentence; a repeated tool name at the start is left out.</summary>
    public static string SummaryOf(string? description, string name)
    {
        Split(description, name, out ReadOnlySpan<char> summary, out _);
        return summary.ToString();
    }

    /// <summary>The first sentence and the rest; a repeated tool name at the start is left out.</summary>
    public static void Split(string? description, string name, out ReadOnlySpan<char> summary, out ReadOnlySpan<char> remainder)
    {
        ReadOnlySpan<char> text = description.AsSpan().Trim();
        if (text.StartsWith(name, StringComparison.OrdinalIgnoreCase) && text.Length > name.Length && text[name.Length] is ':' or ' ' && name.Contains('_'))
        {
            text = text[(name.Length + 1)..].TrimStart();
        }

        for (int i = MinSummary; i < text.Length; i++)
        {
            bool ends = text[i] == '\n' || i == MaxSummary
                || (text[i] is '.' or '!' or '?' or '。' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])));
            if (ends)
            {
                summary = text[..i];
                remainder = text[i..];
                return;
            }
        }

        summary = text;
        remainder = default;
    }
}
