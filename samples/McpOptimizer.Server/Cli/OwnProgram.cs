namespace McpOptimizer.Server.Cli;

/// <summary>How this very program is started again, by us, by a client, or by a person.</summary>
internal static class OwnProgram
{
    /// <summary>The command that the .NET tool installs.</summary>
    public const string ToolName = "mcp-optimizer";

    private const string Library = "McpOptimizer.Server.dll";

    /// <summary>This version, without what a build adds to it.</summary>
    public static string Version { get; } = typeof(OwnProgram).Assembly.GetName().Version?.ToString(3) ?? "0.1.0";

    /// <summary>The program to start.</summary>
    public static string File => Environment.ProcessPath!;

    /// <summary>What comes before its own arguments: the library, where the runtime's launcher is the program.</summary>
    public static IReadOnlyList<string> Arguments => IsLauncher ? [Path.Combine(AppContext.BaseDirectory, Library)] : [];

    /// <summary>What a client's file may name for long: not a path within the package cache, from where <c>dnx</c> runs a tool.</summary>
    public static (string File, IReadOnlyList<string> Arguments) Lasting => IsTool && IsLauncher ? ("dnx", [$"McpOptimizer.Server@{Version}", "--yes", "--"]) : (File, Arguments);

    /// <summary>What a person types.</summary>
    public static string Shown => IsTool ? ToolName
        : Directory.Exists(Path.Combine("samples", "McpOptimizer.Server")) ? "dotnet run --project samples/McpOptimizer.Server --"
        : IsLauncher ? $"dotnet {Path.Combine(AppContext.BaseDirectory, Library)}"
        : File;

    private static bool IsLauncher => Path.GetFileNameWithoutExtension(File).Equals("dotnet", StringComparison.OrdinalIgnoreCase);

    // Tools lie in PACKAGE/VERSION/tools/FRAMEWORK/PLATFORM.
    private static bool IsTool => AppContext.BaseDirectory.Replace('\\', '/').Contains("/tools/net", StringComparison.Ordinal)
        || Path.GetFileNameWithoutExtension(File).Equals(ToolName, StringComparison.Ordinal);
}
