using Fleet.Metadata.Clients.Processes;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Clients.Git;

/// <summary>Runs git so that it only reads: nothing that a repository may configure is run, asked, fetched or written.</summary>
internal sealed class GitCommand(IProcessRunner runner, IEnvironment environment, IOptions<FleetMetadataOptions> options)
{
    private static readonly Dictionary<string, string?> Environment = new(StringComparer.Ordinal)
    {
        ["GIT_OPTIONAL_LOCKS"] = "0",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_NO_LAZY_FETCH"] = "1",

        // A list with no real protocol: a partial clone must not fetch what is missing, by whatever helper its address names.
        ["GIT_ALLOW_PROTOCOL"] = "none",
        ["GIT_PAGER"] = "cat",
        ["SSH_ASKPASS"] = null,
        ["LC_ALL"] = "C",
    };

    private static readonly string[] Overrides =
    [
        "core.fsmonitor=false",
        "core.hooksPath=/dev/null",
        "core.pager=cat",
        "core.sshCommand=false",
        "core.askPass=",
        "core.alternateRefsCommand=",
        "credential.helper=",
        "diff.external=",
        "protocol.allow=never",
        "status.submoduleSummary=false",
        "submodule.recurse=false",
        "gc.auto=0",
        "maintenance.auto=false",
    ];

    /// <summary>The whole state of a work tree in one process. Submodules count when their commit differs; nothing is run inside of them.</summary>
    public Task<ProcessOutcome> StatusAsync(GitConfig config, IOutputSink output, CancellationToken cancellationToken) =>
        RunAsync(
            ["status", "--porcelain=v2", "--branch", "--ahead-behind", "-z", "--untracked-files=normal", "--ignore-submodules=dirty", "--no-renames"],
            config,
            output,
            cancellationToken);

    /// <summary>A commit as it is stored, headers included.</summary>
    public Task<ProcessOutcome> CatCommitAsync(string hash, GitConfig config, IOutputSink output, CancellationToken cancellationToken) =>
        RunAsync(["cat-file", "commit", hash], config, output, cancellationToken);

    private Task<ProcessOutcome> RunAsync(string[] command, GitConfig config, IOutputSink output, CancellationToken cancellationToken)
    {
        if (config.Doubt is { } doubt)
        {
            throw new IOException($"git is not run because its filters cannot be switched off: {doubt}.");
        }

        string program = ExecutablePath.Find("git", environment.Get("PATH"))
            ?? throw new IOException("git is not installed, or not on the search path.");
        List<string> arguments = ["--no-pager"];
        foreach (string setting in Overrides)
        {
            arguments.AddRange(["-c", setting]);
        }

        foreach (string filter in config.Filters)
        {
            arguments.AddRange(["-c", $"filter.{filter}.clean=", "-c", $"filter.{filter}.smudge="]);
            arguments.AddRange(["-c", $"filter.{filter}.process=", "-c", $"filter.{filter}.required=false"]);
        }

        if (options.Value.TrustOtherOwners)
        {
            arguments.AddRange(["-c", "safe.directory=*"]);
        }

        arguments.AddRange(command);
        ProcessSpec spec = new()
        {
            Program = program,
            Arguments = arguments,
            WorkingDirectory = options.Value.RepositoryPath,
            Environment = Environment,
            RemovedPrefix = "GIT_",
        };
        return runner.RunAsync(spec, output, cancellationToken);
    }
}
