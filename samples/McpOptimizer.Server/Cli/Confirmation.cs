using System.CommandLine;

namespace McpOptimizer.Server.Cli;

/// <summary>Nothing of the user's is changed before he said yes.</summary>
internal static class Confirmation
{
    /// <summary>Exit code of a command that found something to do and was not told to do it.</summary>
    public const int NotConfirmed = CliFaults.No;

    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do it without asking." };

    /// <summary>Whether to go on: told so by the flag, or by the person at the terminal.</summary>
    public static async Task<bool> AskAsync(bool yes, string question)
    {
        if (yes)
        {
            return true;
        }

        if (Console.IsInputRedirected)
        {
            await Console.Out.WriteLineAsync("Nothing was written; add --yes to do it.");
            return false;
        }

        await Console.Out.WriteAsync($"{question} [y/N] ");
        string? answer = Console.In.ReadLine()?.Trim();
        bool agreed = answer is "y" or "Y" or "yes" or "Yes";
        await Console.Out.WriteLineAsync(agreed ? "" : "Nothing was written.");
        return agreed;
    }
}
