using System.Text;
using System.Text.RegularExpressions;
using Coder.Client.Models;

namespace Coder.Client.Services;

/// <summary>Makes terminal text fit to read: no control sequences, and no entry so long that it hides the others.</summary>
internal static partial class LogText
{
    public static LogEntry Prepare(LogEntry entry, int limit)
    {
        string text = Clean(entry.Content);
        if (text.Length <= limit)
        {
            return entry with { Content = text };
        }

        // The beginning says what it is about and the end how it came out.
        int head = Boundary(text, limit / 2);
        int tail = Boundary(text, text.Length - (limit - (limit / 2)));
        string marker = $"\n… [{tail - head} of {text.Length} characters left out] …\n";
        return entry with { Content = string.Concat(text.AsSpan(0, head), marker, text.AsSpan(tail)), Truncated = true };
    }

    private static int Boundary(string text, int at) => char.IsLowSurrogate(text[at]) ? at - 1 : at;

    private static string Clean(string text)
    {
        string plain = text.Contains('\u001b', StringComparison.Ordinal) ? Sequences().Replace(text, "") : text;
        if (!plain.Any(IsUnwanted))
        {
            return plain;
        }

        StringBuilder kept = new(plain.Length);
        foreach (char c in plain.Where(c => !IsUnwanted(c)))
        {
            kept.Append(c);
        }

        return kept.ToString();
    }

    private static bool IsUnwanted(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    [GeneratedRegex("\u001b(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(\u0007|\u001b\\\\)|[@-_])")]
    private static partial Regex Sequences();
}
