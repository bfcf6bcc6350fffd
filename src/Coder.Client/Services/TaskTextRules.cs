namespace Coder.Client.Services;

/// <summary>What may be given to an agent as a task.</summary>
internal static class TaskTextRules
{
    private const int Longest = 100_000;

    public static void Check(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Faults.Invalid(field, text, "The task cannot be empty: say what the agent is to do.");
        }

        if (text.Length > Longest)
        {
            throw Faults.Invalid(
                field,
                text,
                $"The task has {text.Length} characters, and {Longest} is the most. Put long material into a file of the workspace and name the file.");
        }
    }
}
