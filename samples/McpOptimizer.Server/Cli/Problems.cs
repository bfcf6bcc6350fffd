using McpOptimizer.Server.Status;

namespace McpOptimizer.Server.Cli;

/// <summary>Names, beside an answer, what is missing from it.</summary>
internal static class Problems
{
    /// <summary>One line a problem of a look.</summary>
    public static async Task NoteAsync(IReadOnlyList<string> problems)
    {
        foreach (string problem in problems)
        {
            await Answer.NoteAsync("! " + problem.ReplaceLineEndings(" "));
        }
    }

    /// <summary>One line a server that should do its work and does not.</summary>
    public static async Task NoteAsync(IEnumerable<ServerRow> notReady)
    {
        foreach (ServerRow server in notReady)
        {
            await Answer.NoteAsync($"! {server.Name} {(server.State == "starting" ? "is still starting" : "did not start or does not answer")}{(server.Error is null ? "" : ": " + server.Error.ReplaceLineEndings(" "))}");
        }
    }

    /// <summary>The same, and what is wrong with the sources.</summary>
    public static async Task NoteAsync(ServerList list)
    {
        await NoteAsync(list.NotReady);
        await NoteAsync(list.Problems);
    }
}
