using System.Globalization;

namespace McpOptimizer.Core.Services.Calls.Validation;

/// <summary>How large the automaton of a pattern is, about: what is to be repeated a number of times stands in it as often. Matching costs as much for each character.</summary>
internal static class PatternSize
{
    private const int Largest = 1_000_000;

    /// <summary>The size; at least 1.</summary>
    public static int Of(string pattern)
    {
        Stack<int> outer = [];
        int group = 0;
        int atom = 0;
        for (int at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '\\':
                    at++;
                    atom = 1;
                    group = Add(group, atom);
                    break;
                case '[':
                    at = EndOfSet(pattern, at);
                    atom = 1;
                    group = Add(group, atom);
                    break;
                case '(':
                    outer.Push(group);
                    (group, atom) = (0, 0);
                    break;
                case ')' when outer.TryPop(out int before):
                    atom = group;
                    group = Add(before, atom);
                    break;
                case '{' when RepeatsOf(pattern, at, out int end) is { } repeats:
                    int repeated = (int)Math.Min(Largest, (long)atom * Math.Max(1, repeats));
                    group = Add(group - atom, repeated);
                    (atom, at) = (repeated, end);
                    break;
                case '*' or '+' or '?' or '|' or '^' or '$':
                    break;
                default:
                    atom = 1;
                    group = Add(group, atom);
                    break;
            }
        }

        return outer.Aggregate(Math.Max(1, group), Add);
    }

    private static int Add(int a, int b) => Math.Min(Largest, a + b);

    // A closing bracket that comes first stands for itself.
    private static int EndOfSet(string pattern, int at)
    {
        int first = at + 1 < pattern.Length && pattern[at + 1] == '^' ? at + 2 : at + 1;
        for (int i = first; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                i++;
            }
            else if (pattern[i] == ']' && i > first)
            {
                return i;
            }
        }

        return pattern.Length;
    }

    // "{3}", "{3,}", "{3,5}"; anything else stands for itself.
    private static int? RepeatsOf(string pattern, int at, out int end)
    {
        end = pattern.IndexOf('}', at);
        if (end < 0)
        {
            return null;
        }

        return pattern[(at + 1)..end].Split(',') switch
        {
            [{ } exactly] => NumberOf(exactly),
            [{ } least, ""] => NumberOf(least),
            [{ } least, { } most] when NumberOf(least) is not null => NumberOf(most),
            _ => null,
        };
    }

    private static int? NumberOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
