namespace McpOptimizer.Server.Cli;

/// <summary>Where what a command says goes: answers to standard output, everything else to standard error. Nothing that strangers wrote steers the terminal.</summary>
internal static class Answer
{
    /// <summary>Lines for a person.</summary>
    public static Task WriteAsync(string text) => Console.Out.WriteLineAsync(VisibleText.Escape(text, keepLines: true));

    /// <summary>One line of JSON, as it is.</summary>
    public static Task WriteJsonAsync(string json) => Console.Out.WriteLineAsync(json);

    /// <summary>What is worth knowing beside the answer.</summary>
    public static Task NoteAsync(string sentence) => Console.Error.WriteLineAsync(VisibleText.Escape(sentence, keepLines: true));
}
