namespace McpOptimizer.Core.Clients.Backends;

/// <summary>Finds programs as a shell would, so that a missing one is reported before anything is started.</summary>
internal static class ProgramFinder
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The program that starts another one in a session, and so a process group, of its own; null where there is none.</summary>
    public static string? SetSid { get; } = OperatingSystem.IsWindows() ? null : FirstExisting("/usr/bin/setsid", "/bin/setsid");

    /// <summary>A POSIX shell; null where there is none.</summary>
    public static string? Shell { get; } = OperatingSystem.IsWindows() ? null : FirstExisting("/bin/sh", "/usr/bin/sh");

    /// <summary>The full path of a command; null when there is no such program.</summary>
    /// <param name="command">A path, or a name to look for on the search path.</param>
    /// <param name="workingDirectory">What a relative path is relative to; null for the current directory.</param>
    /// <param name="searchPath">The PATH of the program to be.</param>
    public static string? Find(string command, string? workingDirectory, string? searchPath)
    {
        if (command.Contains('/', StringComparison.Ordinal) || command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Candidates(Path.GetFullPath(command, Path.GetFullPath(workingDirectory ?? "."))).FirstOrDefault(IsProgram);
        }

        return (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathRooted)
            .SelectMany(folder => Candidates(Path.Combine(folder, command)))
            .FirstOrDefault(IsProgram);
    }

    private static IEnumerable<string> Candidates(string path)
    {
        if (!OperatingSystem.IsWindows() || Path.HasExtension(path))
        {
            return [path];
        }

        string extensions = Environment.GetEnvironmentVariable("PATHEXT") ?? ".EXE;.CMD;.BAT";
        return extensions.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(extension => path + extension);
    }

    private static bool IsProgram(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0);

    private static string? FirstExisting(params string[] paths) => Array.Find(paths, File.Exists);
}
