using System.Text.RegularExpressions;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>One kind of phrase.</summary>
/// <param name="Code">Its kind.</param>
/// <param name="Severity">How abnormal it is.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Pattern">What it looks like.</param>
/// <param name="Unless">What makes it harmless when it stands there or shortly before; null for nothing.</param>
internal sealed record ScanRule(string Code, FindingSeverity Severity, string Reason, Regex Pattern, Regex? Unless = null)
{
    /// <summary>The first place that counts, or null.</summary>
    public Match? Find(string text)
    {
        for (Match match = Pattern.Match(text); match.Success; match = match.NextMatch())
        {
            if (Unless is null || !Unless.IsMatch(WithLeadIn(text, match)))
            {
                return match;
            }
        }

        return null;
    }

    // "Refuses to read …": the few words before it, from the same sentence.
    private static string WithLeadIn(string text, Match match)
    {
        int from = Math.Max(0, match.Index - 25);
        int end = text.LastIndexOfAny(['.', '!', '?', ';', ':', '\n'], Math.Max(0, match.Index - 1), Math.Max(0, match.Index - from));
        return text[(end < 0 ? from : end + 1)..(match.Index + match.Length)];
    }
}
