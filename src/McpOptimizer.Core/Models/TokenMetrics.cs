namespace McpOptimizer.Core.Models;

/// <summary>What a search saved: all visible tools against the returned ones.</summary>
/// <param name="BaselineTokens">Tokens of every visible tool's definition.</param>
/// <param name="ReturnedTokens">Tokens of the definitions returned.</param>
public readonly record struct TokenMetrics(long BaselineTokens, long ReturnedTokens)
{
    /// <summary>Never negative: an answer cannot cost more than it would have cost to list everything it came from.</summary>
    public long TokensSaved => Math.Max(0, BaselineTokens - ReturnedTokens);

    /// <summary>Saved share of the baseline in percent, 0 to 100; 0 when nothing is visible.</summary>
    public double SavingsPercentage => BaselineTokens <= 0 ? 0 : 100.0 * TokensSaved / BaselineTokens;
}
