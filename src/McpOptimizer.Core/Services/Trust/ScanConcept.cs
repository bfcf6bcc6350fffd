using System.Text.RegularExpressions;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Meanings that make a sentence an order to a model when they stand in it together.</summary>
/// <param name="Code">Its kind.</param>
/// <param name="Severity">How abnormal it is.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Gate">Parts of words of which one is in every such sentence: most sentences have none, and are done with.</param>
/// <param name="First">The first meaning.</param>
/// <param name="Second">The second; null when one is enough.</param>
/// <param name="Within">How many characters may stand between the two.</param>
/// <param name="Around">What must stand there or near by; null for nothing.</param>
/// <param name="Unless">What makes the sentence harmless; null for nothing.</param>
/// <param name="Also">What else must stand in the sentence, wherever; null for nothing.</param>
internal sealed record ScanConcept(
    string Code, FindingSeverity Severity, string Reason, ScanGate Gate, Regex First, Regex? Second = null, int Within = int.MaxValue, Regex? Around = null, Regex? Unless = null,
    IReadOnlyList<Regex>? Also = null)
{
    private const int Before = 30;
    private const int After = 60;

    /// <summary>Where it stands in a sentence that its gate lets through; null when it does not.</summary>
    public (int Index, int Length)? Find(string sentence)
    {
        Match first = First.Match(sentence);
        if (!first.Success || (Unless is not null && Unless.IsMatch(sentence)) || Also?.All(meaning => meaning.IsMatch(sentence)) == false)
        {
            return null;
        }

        if (Second is null)
        {
            return (first.Index, first.Length);
        }

        MatchCollection seconds = Second.Matches(sentence);
        for (; first.Success; first = first.NextMatch())
        {
            foreach (Match second in seconds)
            {
                (Match left, Match right) = first.Index <= second.Index ? (first, second) : (second, first);
                int end = Math.Max(left.Index + left.Length, right.Index + right.Length);
                if (right.Index - (left.Index + left.Length) <= Within && IsAround(sentence, left.Index, end))
                {
                    return (left.Index, end - left.Index);
                }
            }
        }

        return null;
    }

    private bool IsAround(string sentence, int from, int to)
    {
        int start = Math.Max(0, from - Before);
        return Around is null || Around.IsMatch(sentence[start..Math.Min(sentence.Length, to + After)]);
    }
}
