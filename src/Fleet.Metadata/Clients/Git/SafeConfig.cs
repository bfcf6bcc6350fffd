using System.Text;

namespace Fleet.Metadata.Clients.Git;

/// <summary>
/// Writes the configuration that git is run with: of all that is configured only what tells how to read files and references. Nothing that names a program
/// is among it, whatever git learns to run tomorrow.
/// </summary>
internal static class SafeConfig
{
    private static readonly HashSet<string> Core = new(StringComparer.Ordinal)
    {
        "autocrlf", "bigfilethreshold", "checkroundtripencoding", "checkstat", "commitgraph", "eol", "filemode", "fscache", "ignorecase", "longpaths",
        "multipackindex", "precomposeunicode", "preloadindex", "protecthfs", "protectntfs", "sparsecheckout", "sparsecheckoutcone", "symlinks", "trustctime",
        "untrackedcache",
    };

    /// <param name="config">What git resolved.</param>
    /// <param name="home">The user's folder, for paths that begin with a tilde; null when there is none.</param>
    /// <param name="personal">The user's folder for configuration; null when there is none.</param>
    public static byte[] Write(GitConfig config, string? home, string? personal)
    {
        StringBuilder text = new("[core]\n\trepositoryFormatVersion = 1\n");
        Append(text, PathEntry(config, "excludesfile", "ignore", home, personal));
        Append(text, PathEntry(config, "attributesfile", "attributes", home, personal));
        foreach (GitConfigEntry entry in config.Entries.Where(IsHarmless))
        {
            Append(text, entry);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static bool IsHarmless(GitConfigEntry entry) => entry switch
    {
        { Section: "core", Subsection: "" } => Core.Contains(entry.Key),
        { Section: "extensions", Key: "objectformat" or "refstorage" } => true,
        { Section: "index", Key: "sparse" or "threads" } => true,
        { Section: "branch", Key: "remote" or "merge", Value: not null } => true,
        { Section: "remote", Key: "url" or "fetch", Value: not null } => true,
        { Section: "url", Key: "insteadof", Value: not null } => true,
        _ => false,
    };

    // Git finds the default of these by the user's folders, which it is not shown.
    private static GitConfigEntry? PathEntry(GitConfig config, string key, string fallback, string? home, string? personal)
    {
        string? path = config.Get("core", "", key) ?? (personal is null ? null : Path.Combine(personal, "git", fallback));
        if (path is not null && path.StartsWith("~/", StringComparison.Ordinal))
        {
            path = home is null ? null : Path.Combine(home, path[2..]);
        }

        return path is null ? null : new GitConfigEntry("core", "", key, path);
    }

    private static void Append(StringBuilder text, GitConfigEntry? entry)
    {
        // A name that is no text cannot be written as it was; it can only name a branch or a remote.
        if (entry is null || Unwritable(entry.Subsection) || Unwritable(entry.Value ?? ""))
        {
            return;
        }

        text.Append('[').Append(entry.Section);
        if (entry.Subsection.Length > 0)
        {
            text.Append(" \"").Append(Escape(entry.Subsection)).Append('"');
        }

        text.Append("]\n\t").Append(entry.Key);
        if (entry.Value is { } value)
        {
            text.Append(" = \"").Append(Escape(value).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
        }

        text.Append('\n');
    }

    private static bool Unwritable(string text) => text.Contains('\uFFFD', StringComparison.Ordinal);

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
