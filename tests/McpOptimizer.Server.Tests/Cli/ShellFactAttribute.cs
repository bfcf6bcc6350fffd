namespace McpOptimizer.Server.Tests.Cli;

/// <summary>A test that needs a shell; skipped with one line where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute(string shell)
    {
        Shell = shell;
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, shell))))
        {
            Skip = $"There is no {shell} here.";
        }
    }

    /// <summary>The program.</summary>
    public string Shell { get; }
}
