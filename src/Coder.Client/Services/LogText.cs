using Coder.Client.Models;

namespace Coder.Client.Services;

/// <summary>Makes log entries fit to read: no control sequences, and no entry so long that it hides the others.</summary>
internal static class LogText
{
    /// <summary>The least number of characters to which an entry can be cut.</summary>
    public const int FewestCharacters = 100;

    /// <summary>The largest number of characters to which an entry can be cut.</summary>
    public const int MostCharacters = 1_000_000;

    public static LogEntry Prepare(LogEntry entry, int limit)
    {
        string clean = TerminalText.Clean(entry.Content);
        return entry with { Type = VisibleText.Shorten(entry.Type, 40), Content = TerminalText.Cut(clean, limit), Truncated = clean.Length > limit };
    }
}
