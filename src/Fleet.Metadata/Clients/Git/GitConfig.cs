using System.Text;
using System.Text.RegularExpressions;
using Fleet.Metadata.Clients.Files;

namespace Fleet.Metadata.Clients.Git;

/// <summary>The configuration of a repository, and every filter that any configuration names for it.</summary>
internal sealed partial class GitConfig
{
    private const int MaxFileBytes = 4 * 1024 * 1024;
    private const int MaxFiles = 100;

    private readonly List<GitConfigEntry> _entries = [];
    private readonly HashSet<string> _filters = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly string? _home;

    private GitConfig(string? home) => _home = home;

    /// <summary>Names of all filters that are defined anywhere git would look, conditions or not.</summary>
    public IReadOnlyCollection<string> Filters => _filters;

    /// <summary>Why the list of filters may lack some; null when it is complete.</summary>
    public string? Doubt { get; private set; }

    public static GitConfig Read(GitDirectory directory, IEnvironment environment)
    {
        string? home = environment.Get("HOME");
        GitConfig config = new(home);
        config.Add(Path.Combine(directory.Common, "config"), own: true);
        config.Add(Path.Combine(directory.Own, "config.worktree"), own: true);
        string? personal = environment.Get("XDG_CONFIG_HOME") ?? (home is null ? null : Path.Combine(home, ".config"));
        if (personal is not null)
        {
            config.Add(Path.Combine(personal, "git", "config"), own: false);
        }

        if (home is not null)
        {
            config.Add(Path.Combine(home, ".gitconfig"), own: false);
        }

        return config;
    }

    /// <summary>The last value of a key of the repository itself; null when it is not set.</summary>
    public string? Get(string section, string subsection, string key) =>
        _entries.FindLast(entry => entry.Section == section && entry.Subsection == subsection && entry.Key == key)?.Value;

    /// <summary>The last value of a key of each subsection, in the order of appearance.</summary>
    public IReadOnlyDictionary<string, string> GetAll(string section, string key)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (GitConfigEntry entry in _entries.Where(entry => entry.Section == section && entry.Key == key && entry.Subsection.Length > 0))
        {
            values[entry.Subsection] = entry.Value;
        }

        return values;
    }

    private void Add(string path, bool own)
    {
        if (_seen.Count >= MaxFiles)
        {
            Doubt = $"more than {MaxFiles} configuration files are included";
            return;
        }

        if (!_seen.Add(path) || BoundedFile.Read(path, MaxFileBytes) is not { } bytes)
        {
            return;
        }

        if (bytes.Length >= MaxFileBytes)
        {
            Doubt = "a configuration file is too large";
        }

        string text = Encoding.UTF8.GetString(bytes);
        CollectFilters(text);
        foreach (GitConfigEntry entry in GitConfigParser.Parse(text))
        {
            if (entry is { Section: "include" or "includeif", Key: "path" })
            {
                // Whether a condition holds is git's to say; for the names of filters it is enough that it may.
                Include(entry.Value, path, own && entry.Section == "include");
            }
            else if (own)
            {
                _entries.Add(entry);
            }
        }
    }

    private void Include(string value, string from, bool own)
    {
        if (value.StartsWith("~/", StringComparison.Ordinal) && _home is not null)
        {
            Add(Path.Combine(_home, value[2..]), own);
        }
        else if (value.StartsWith('~') || value.StartsWith("%(", StringComparison.Ordinal))
        {
            Doubt = "a configuration file is included by a path that only git can resolve";
        }
        else if (value.Length > 0 && !value.Contains('\0', StringComparison.Ordinal))
        {
            Add(Path.GetFullPath(value, Path.GetDirectoryName(from)!), own);
        }
    }

    // By their look alone and not by parsing: a name too many costs nothing, a name too few would let a filter run.
    private void CollectFilters(string text)
    {
        foreach (Match match in FilterHeader().Matches(text))
        {
            Group quoted = match.Groups["quoted"];
            string name = quoted.Success ? Escape().Replace(quoted.Value, "$1") : match.Groups["dotted"].Value.ToLowerInvariant();
            _filters.Add(name);
            if (name.Contains('\uFFFD', StringComparison.Ordinal) || name.Contains('=', StringComparison.Ordinal))
            {
                Doubt = "a filter has a name that cannot be passed to git";
            }
        }
    }

    [GeneratedRegex("""\[\s*filter(?:\.(?<dotted>[^\]\s"]*)|\s*"(?<quoted>(?:[^"\\\n]|\\.)*)")""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FilterHeader();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
