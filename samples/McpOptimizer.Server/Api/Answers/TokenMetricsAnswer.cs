using McpOptimizer.Core.Models;

namespace McpOptimizer.Server.Api.Answers;

/// <summary>What a search saved.</summary>
/// <param name="BaselineTokens">Tokens of every visible definition.</param>
/// <param name="ReturnedTokens">Tokens of what was shown.</param>
/// <param name="TokensSaved">The difference, never negative.</param>
/// <param name="SavingsPercent">Its share, 0 to 100.</param>
internal sealed record TokenMetricsAnswer(long BaselineTokens, long ReturnedTokens, long TokensSaved, double SavingsPercent)
{
    public static TokenMetricsAnswer Of(TokenMetrics metrics) =>
        new(metrics.BaselineTokens, metrics.ReturnedTokens, metrics.TokensSaved, Math.Round(metrics.SavingsPercentage, 2));
}
