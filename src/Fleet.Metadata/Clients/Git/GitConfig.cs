using System.Text;

namespace Fleet.Metadata.Clients.Git;

/// <summary>The configuration of a repository with everything that counts for it, as git itself resolved it (<c>git config --list --null</c>).</summary>
internal sealed class GitConfig(IReadOnlyList<GitConfigEntry> entries)
{
    public IReadOnlyList<GitConfigEntry> Entries => entries;

    /// <summary>Whether files are included: what they say may change without a change of the files that are always read.</summary>
    public bool HasIncludes => entries.Any(static entry => entry is { Section: "include" or "includeif", Key: "path" });

    /// <summary>Names of the filters that would run a program on the files.</summary>
    public IReadOnlySet<string> Filters { get; } = entries
        .Where(static entry => entry is { Section: "filter", Key: "clean" or "process", Value.Length: > 0 })
        .Select(static entry => entry.Subsection)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Understands a list of <c>name LF value NUL</c>.</summary>
    public static GitConfig Parse(ReadOnlySpan<byte> list)
    {
        List<GitConfigEntry> entries = [];
        foreach (string item in Encoding.UTF8.GetString(list).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            int end = item.IndexOf('\n', StringComparison.Ordinal);
            string name = end < 0 ? item : item[..end];
            int first = name.IndexOf('.', StringComparison.Ordinal);
            int last = name.LastIndexOf('.');
            if (first > 0)
            {
                string subsection = first < last ? name[(first + 1)..last] : "";
                entries.Add(new GitConfigEntry(name[..first], subsection, name[(last + 1)..], end < 0 ? null : item[(end + 1)..]));
            }
        }

        return new GitConfig(entries);
    }

    /// <summary>The last value of a key, which is the one that counts; null when it is not set, or stands alone.</summary>
    public string? Get(string section, string subsection, string key) =>
        entries.LastOrDefault(entry => entry.Section == section && entry.Subsection == subsection && entry.Key == key)?.Value;
}
