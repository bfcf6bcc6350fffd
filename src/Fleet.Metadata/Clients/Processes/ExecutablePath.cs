namespace Fleet.Metadata.Clients.Processes;

/// <summary>Finds programs on the search path only. The framework would look into the current folder first, which is the workspace.</summary>
internal static class ExecutablePath
{
    private static readonly string[] Suffixes = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];

    /// <summary>The absolute path; null when no absolute folder of the search path holds such a program.</summary>
    public static string? Find(string name, string? searchPath)
    {
        foreach (string folder in (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Path.IsPathFullyQualified(folder))
            {
                continue;
            }

            foreach (string suffix in Suffixes)
            {
                string candidate = Path.Combine(folder, name + suffix);
                if (File.Exists(candidate) && IsExecutable(candidate))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
