using Fleet.Metadata.Clients.Processes;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Clients.Git;

/// <summary>
/// Runs git so that it only reads: nothing that a repository may configure is run, asked, fetched or written. Two commands that look at neither files nor
/// objects find out what git finds; all others get a configuration of ours instead of the repository's (<see cref="SafeFolder"/>).
/// </summary>
internal sealed class GitCommand(ProcessRunner runner, ProcessEnvironment environment, IOptions<FleetMetadataOptions> options)
{
    private const int MaxListBytes = 16 * 1024 * 1024;
    private const string FetchSuffix = " (fetch)";

    private static readonly string Nothing = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

    // Not needed by what the two commands do; here in case that a git does more one day.
    private static readonly string[] FindingOverrides =
    [
        "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + Nothing, "-c", "core.pager=cat",
        "-c", "core.alternateRefsCommand=", "-c", "protocol.allow=never",
    ];

    /// <summary>Where git finds the repository of the workspace, and whether it takes it for a bare one.</summary>
    /// <exception cref="IOException">git is missing, failed or refused; the message says why.</exception>
    public async Task<(GitDirectory Directory, bool IsBare)> FindAsync(CancellationToken cancellationToken)
    {
        CapturedOutput output = new(MaxListBytes);
        ProcessOutcome outcome = await FindingAsync(
            ["rev-parse", "--is-bare-repository", "--is-inside-work-tree", "--path-format=absolute", "--git-dir", "--git-common-dir", "--show-toplevel"],
            output,
            cancellationToken).ConfigureAwait(false);

        // Without a work tree the last question fails, and those before it are answered.
        string[] lines = output.Text.TrimEnd('\n').Split('\n');
        bool hasWorkTree = lines is [_, "true", ..];
        if (outcome.ExitCode != 0 && (hasWorkTree || lines.Length != 4))
        {
            throw Failure("rev-parse", outcome);
        }

        return lines.Length == (hasWorkTree ? 5 : 4)
            ? (new GitDirectory(lines[2], lines[3], hasWorkTree ? lines[4] : null), lines[0] == "true")
            : throw new IOException("the repository lies in a folder with a line break in its name.");
    }

    /// <summary>Everything that is configured for the workspace, included files and conditions resolved.</summary>
    public async Task<GitConfig> ListConfigAsync(CancellationToken cancellationToken)
    {
        CapturedOutput output = new(MaxListBytes);
        ThrowOnFailure("config", await FindingAsync(["config", "--list", "--null"], output, cancellationToken).ConfigureAwait(false));
        return GitConfig.Parse(output.Bytes);
    }

    /// <summary>The address that git would fetch from, by remote: the first of several, rewritten as configured.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListRemotesAsync(GitSetup setup, CancellationToken cancellationToken)
    {
        CapturedOutput output = new(MaxListBytes);
        ThrowOnFailure("remote", await ReadAsync(setup, ["remote", "--verbose"], output, cancellationToken).ConfigureAwait(false));
        Dictionary<string, string> addresses = new(StringComparer.Ordinal);
        foreach (string line in output.Text.Split('\n'))
        {
            if (line.EndsWith(FetchSuffix, StringComparison.Ordinal) && line.Split('\t', 2) is [string name, string address])
            {
                addresses.TryAdd(name, address[..^FetchSuffix.Length]);
            }
        }

        return addresses;
    }

    /// <summary>How many submodules a <c>.gitmodules</c> file declares.</summary>
    public async Task<int> CountSubmodulesAsync(GitSetup setup, string modules, CancellationToken cancellationToken)
    {
        CapturedOutput output = new(MaxListBytes);
        string[] command = ["config", "--file", modules, "--no-includes", "--list", "--null"];
        ThrowOnFailure("config", await ReadAsync(setup, command, output, cancellationToken).ConfigureAwait(false));
        return GitConfig.Parse(output.Bytes).Entries
            .Where(static entry => entry is { Section: "submodule", Key: "path" })
            .Select(static entry => entry.Subsection)
            .Distinct()
            .Count();
    }

    /// <summary>The reference and the commit behind HEAD, for repositories whose references only git reads.</summary>
    public async Task<(string Target, string Commit)> ReadHeadAsync(GitSetup setup, CancellationToken cancellationToken)
    {
        CapturedOutput output = new(MaxListBytes);
        ThrowOnFailure(
            "rev-parse", await ReadAsync(setup, ["rev-parse", "HEAD", "--symbolic-full-name", "HEAD"], output, cancellationToken).ConfigureAwait(false));
        return output.Text.Split('\n') is [string commit, string target, ..] ? (target, commit) : throw new IOException("git rev-parse said nothing.");
    }

    /// <summary>The whole state of a work tree in one process. Submodules count when their commit differs; nothing is run inside of them.</summary>
    public async Task<GitStatusOutput> ReadStatusAsync(GitSetup setup, CancellationToken cancellationToken)
    {
        GitStatusOutput output = new();
        ProcessOutcome outcome = await ReadAsync(
            setup,
            ["status", "--porcelain=v2", "--branch", "--ahead-behind", "-z", "--untracked-files=normal", "--ignore-submodules=dirty", "--no-renames"],
            output,
            cancellationToken).ConfigureAwait(false);
        ThrowOnFailure("status", outcome);
        return output;
    }

    /// <summary>The beginning of a commit as it is stored, headers included.</summary>
    public async Task<byte[]> ReadCommitAsync(GitSetup setup, string hash, int maxBytes, CancellationToken cancellationToken)
    {
        CapturedOutput output = new(maxBytes);
        ThrowOnFailure("cat-file", await ReadAsync(setup, ["cat-file", "commit", hash], output, cancellationToken).ConfigureAwait(false));
        return output.Bytes;
    }

    /// <summary>The name of the filter that attributes give to each path; paths without one are missing.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListFiltersAsync(
        GitSetup setup, IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        CapturedOutput output = new(MaxListBytes);
        ThrowOnFailure(
            "check-attr", await ReadAsync(setup, ["check-attr", "-z", "filter", "--", .. paths], output, cancellationToken).ConfigureAwait(false));

        // Path, attribute, value, one after another.
        return output.Text.Split('\0').Chunk(3).Where(static part => part is [_, _, not ("unspecified" or "unset" or "set")])
            .DistinctBy(static part => part[0])
            .ToDictionary(static part => part[0], static part => part[2], StringComparer.Ordinal);
    }

    private Task<ProcessOutcome> FindingAsync(string[] command, CapturedOutput output, CancellationToken cancellationToken)
    {
        Dictionary<string, string?> variables = Variables(environment.Get("HOME"), environment.Get("XDG_CONFIG_HOME"));
        string[] trust = options.Value.TrustOtherOwners ? ["-c", "safe.directory=*"] : [];
        return RunAsync([.. FindingOverrides, .. trust, .. command], options.Value.RepositoryPath, variables, output, cancellationToken);
    }

    private Task<ProcessOutcome> ReadAsync(GitSetup setup, string[] command, IOutputSink output, CancellationToken cancellationToken)
    {
        // Older versions of git know the user's configuration by these two only.
        Dictionary<string, string?> variables = Variables(setup.Safe.FullPath, setup.Safe.FullPath);
        variables["GIT_CONFIG_NOSYSTEM"] = "1";
        variables["GIT_CONFIG_GLOBAL"] = Nothing;
        variables["GIT_DIR"] = setup.Directory.Own;
        variables["GIT_COMMON_DIR"] = setup.Safe.FullPath;
        if (setup.Directory.WorkTree is { } workTree)
        {
            variables["GIT_WORK_TREE"] = workTree;
        }

        return RunAsync(command, setup.Directory.WorkTree ?? setup.Directory.Own, variables, output, cancellationToken);
    }

    private static Dictionary<string, string?> Variables(string? home, string? personal) => new(StringComparer.Ordinal)
    {
        ["GIT_OPTIONAL_LOCKS"] = "0",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_NO_LAZY_FETCH"] = "1",

        // A list with no real protocol: a partial clone must not fetch what is missing, by whatever helper its address names.
        ["GIT_ALLOW_PROTOCOL"] = "none",
        ["GIT_PAGER"] = "cat",
        ["SSH_ASKPASS"] = null,
        ["LC_ALL"] = "C",
        ["HOME"] = home,
        ["XDG_CONFIG_HOME"] = personal,
    };

    private Task<ProcessOutcome> RunAsync(
        string[] command, string folder, Dictionary<string, string?> variables, IOutputSink output, CancellationToken cancellationToken)
    {
        ProcessSpec spec = new()
        {
            Program = ExecutablePath.Find("git", environment.Get("PATH")) ?? throw new IOException("git is not installed, or not on the search path."),
            Arguments = ["--no-pager", .. command],
            WorkingDirectory = folder,
            Environment = variables,
            RemovedPrefix = "GIT_",
        };
        return runner.RunAsync(spec, output, cancellationToken);
    }

    private static void ThrowOnFailure(string command, ProcessOutcome outcome)
    {
        if (outcome.ExitCode != 0)
        {
            throw Failure(command, outcome);
        }
    }

    private static IOException Failure(string command, ProcessOutcome outcome) =>
        new($"git {command} ended with {outcome.ExitCode}: {outcome.Error.Split('\n', 2)[0]}");
}
