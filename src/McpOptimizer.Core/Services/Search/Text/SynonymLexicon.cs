namespace McpOptimizer.Core.Services.Search.Text;

/// <summary>Words that people and tool names use for one another.</summary>
internal static class SynonymLexicon
{
    private static readonly (string Term, double Weight)[] None = [];

    /// <summary>Terms that may stand for a term, with what they are worth beside it, 0 to 1.</summary>
    public static IReadOnlyList<(string Term, double Weight)> Of(string term) => None;
}
