using System.Text;
using Fleet.Metadata.Clients;
using Fleet.Metadata.Clients.Files;
using Fleet.Metadata.Clients.Git;
using Fleet.Metadata.Clients.Processes;
using Fleet.Metadata.Models;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Repositories;

/// <summary>
/// Reads the workspace's repository: from its own files where they are plain, with git where only git knows. Nothing is kept between calls
/// except the last message, which cannot change under its hash.
/// </summary>
internal sealed class GitRepository(GitCommand git, IEnvironment environment, IOptions<FleetMetadataOptions> options) : IGitRepository
{
    private const string BranchPrefix = "refs/heads/";
    private const int MaxCommitBytes = 64 * 1024;
    private const int MaxModulesBytes = 1024 * 1024;

    private Tuple<string, string>? _lastMessage;

    public GitHead? ReadHead()
    {
        if (Find() is not { } directory)
        {
            return null;
        }

        GitReferences references = new(directory);
        GitConfig config = GitConfig.Read(directory, environment);
        string? target = references.ReadHeadTarget();
        string? branch = target is not null && target.StartsWith(BranchPrefix, StringComparison.Ordinal) ? target[BranchPrefix.Length..] : target;
        bool certain = config.Get("extensions", "", "refstorage") is null or "files";
        (GitOperation operation, string? operationBranch) = GitOperations.Read(directory);
        return new GitHead
        {
            Branch = certain ? branch : null,
            Commit = certain ? references.ReadHeadCommit() : null,
            IsDetached = certain && target is null,
            IsBare = directory.WorkTree is null,
            IsCertain = certain,
            Operation = operation,
            OperationBranch = operationBranch,
            WorktreeName = directory.Own == directory.Common ? null : WorktreeName(directory),
            WorktreeCount = 1 + CountFolders(Path.Combine(directory.Common, "worktrees")),
            SubmoduleCount = CountSubmodules(directory),
            Remotes = config.GetAll("remote", "url"),
            BranchRemote = branch is null ? null : config.Get("branch", branch, "remote"),
        };
    }

    public async Task<GitStatus> ReadStatusAsync(CancellationToken cancellationToken)
    {
        GitDirectory directory = Find() ?? throw new IOException("the repository is gone.");
        GitStatusOutput output = new();
        ProcessOutcome outcome = await git.StatusAsync(GitConfig.Read(directory, environment), output, cancellationToken).ConfigureAwait(false);
        ThrowOnFailure("status", outcome);
        return new GitStatus
        {
            Commit = output.Commit,
            Branch = output.Branch,
            Upstream = output.Upstream,
            Ahead = output.Ahead,
            Behind = output.Behind,
            HasStaged = output.HasStaged,
            HasUnstaged = output.HasUnstaged,
            HasUntracked = output.HasUntracked,
            Conflicts = output.Conflicts,
        };
    }

    public async Task<string?> ReadMessageAsync(string commit, CancellationToken cancellationToken)
    {
        if (_lastMessage is { } last && last.Item1 == commit)
        {
            return last.Item2;
        }

        if (Find() is not { } directory)
        {
            return null;
        }

        byte[]? content = GitObjects.ReadLooseCommit(directory, commit, MaxCommitBytes);
        if (content is null)
        {
            CapturedOutput output = new(MaxCommitBytes);
            ProcessOutcome outcome = await git.CatCommitAsync(commit, GitConfig.Read(directory, environment), output, cancellationToken).ConfigureAwait(false);
            ThrowOnFailure("cat-file", outcome);
            content = output.Bytes;
        }

        string message = CommitMessage.Decode(content);
        _lastMessage = Tuple.Create(commit, message);
        return message;
    }

    private GitDirectory? Find() => GitDirectory.Find(options.Value.RepositoryPath);

    private static void ThrowOnFailure(string command, ProcessOutcome outcome)
    {
        if (outcome.ExitCode != 0)
        {
            string reason = outcome.Error.Split('\n', 2)[0];
            throw new IOException($"git {command} ended with {outcome.ExitCode}: {reason}");
        }
    }

    private static string WorktreeName(GitDirectory directory) => Path.GetFileName(directory.Own.TrimEnd('/', '\\'));

    private static int CountFolders(string folder) => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Count() : 0;

    private static int CountSubmodules(GitDirectory directory)
    {
        if (directory.WorkTree is null || BoundedFile.Read(Path.Combine(directory.WorkTree, ".gitmodules"), MaxModulesBytes) is not { } bytes)
        {
            return 0;
        }

        IEnumerable<GitConfigEntry> entries = GitConfigParser.Parse(Encoding.UTF8.GetString(bytes));
        return entries.Where(entry => entry is { Section: "submodule", Key: "path" }).Select(entry => entry.Subsection).Distinct().Count();
    }
}
