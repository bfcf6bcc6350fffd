namespace Coder.Client.Services;

/// <summary>What may be given to an agent as a task.</summary>
internal static class TaskTextRules
{
    public const int Longest = 100_000;

    /// <summary>
    /// The text as the agent gets it. It is typed into a terminal, where a control character is a key: what steers a terminal is taken out.
    /// </summary>
    public static string Check(string? text, string field)
    {
        string clean = TerminalText.Clean(text ?? "");
        if (string.IsNullOrWhiteSpace(clean))
        {
            throw Faults.Invalid(field, text, "The task cannot be empty: say what the agent is to do.");
        }

        return clean.Length <= Longest
            ? clean
            : throw Faults.Invalid(
                field,
                text,
                $"The task has {clean.Length} characters, and {Longest} is the most. Put long material into a file of the workspace and name the file.");
    }
}
