using System.Text.RegularExpressions;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>One kind of phrase.</summary>
/// <param name="Code">Its kind.</param>
/// <param name="Severity">How abnormal it is.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Pattern">What it looks like.</param>
/// <param name="Unless">What makes it harmless when it is in the matched text; null for nothing.</param>
internal sealed record ScanRule(string Code, FindingSeverity Severity, string Reason, Regex Pattern, Regex? Unless = null)
{
    /// <summary>The first place that counts, or null.</summary>
    public Match? Find(string text)
    {
        for (Match match = Pattern.Match(text); match.Success; match = match.NextMatch())
        {
            if (Unless is null || !Unless.IsMatch(match.Value))
            {
                return match;
            }
        }

        return null;
    }
}
