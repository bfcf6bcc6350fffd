using Fleet.Metadata.Clients.Git;
using Fleet.Metadata.Models;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Repositories;

/// <summary>
/// Reads the workspace's repository: from its own files where they are plain, with git where only git knows. Nothing is kept between calls
/// except the last message, which cannot change under its hash.
/// </summary>
internal sealed class GitRepository(GitCommand git, GitSetupReader setups, IOptions<FleetMetadataOptions> options)
{
    private const string BranchPrefix = "refs/heads/";
    private const int MaxCommitBytes = 64 * 1024;

    // What stands in HEAD when the references are kept in tables.
    private const string NoBranch = BranchPrefix + ".invalid";

    private Tuple<string, string>? _lastMessage;

    /// <summary>What the files of the repository say; null when the workspace is in none.</summary>
    /// <exception cref="IOException">A file of the repository cannot be read.</exception>
    public GitHead? ReadHead()
    {
        if (Find() is not { } directory)
        {
            return null;
        }

        GitReferences references = new(directory);
        bool certain = !references.HeadIs(NoBranch);
        string? target = references.ReadHeadTarget();
        string? commit = references.ReadHeadCommit();
        (GitOperation operation, string? operationBranch) = GitOperations.Read(directory);
        return new GitHead
        {
            Branch = BranchOf(target),
            Commit = commit,
            IsDetached = target is null && commit is not null,
            LooksBare = directory.WorkTree is null,
            IsCertain = certain,
            Operation = operation,
            OperationBranch = operationBranch,
            WorktreeName = directory.Own == directory.Common ? null : Path.GetFileName(directory.Own),
            WorktreeCount = 1 + CountFolders(Path.Combine(directory.Common, "worktrees")),
        };
    }

    /// <summary>The same with what only git can read.</summary>
    /// <exception cref="IOException">git is missing, failed or refused; the message says why.</exception>
    public async Task<GitHead> CompleteAsync(GitHead head, CancellationToken cancellationToken)
    {
        if (head.IsCertain)
        {
            return head;
        }

        GitSetup setup = await SetupAsync(cancellationToken).ConfigureAwait(false);
        (string target, string commit) = await git.ReadHeadAsync(setup, cancellationToken).ConfigureAwait(false);
        bool detached = !target.StartsWith("refs/", StringComparison.Ordinal);
        return head with { Branch = detached ? null : BranchOf(target), Commit = commit, IsDetached = detached };
    }

    /// <summary>What git says about the repository, and about one of its branches.</summary>
    /// <exception cref="IOException">git is missing, failed or refused; the message says why.</exception>
    public async Task<GitConfiguration> ReadConfigurationAsync(string? branch, CancellationToken cancellationToken)
    {
        GitSetup setup = await SetupAsync(cancellationToken).ConfigureAwait(false);
        return GitConfigurationMapping.Map(setup, branch);
    }

    /// <summary>What git says about the work tree, as it is now.</summary>
    /// <exception cref="IOException">git is missing, failed or refused; the message says why.</exception>
    public async Task<GitStatus> ReadStatusAsync(CancellationToken cancellationToken)
    {
        GitSetup setup = await SetupAsync(cancellationToken).ConfigureAwait(false);
        GitStatusOutput output = await git.ReadStatusAsync(setup, cancellationToken).ConfigureAwait(false);
        string? doubt = await FindDoubtAsync(setup, output, cancellationToken).ConfigureAwait(false);
        return new GitStatus
        {
            Commit = output.Commit,
            Branch = output.Branch,
            Upstream = output.Upstream,
            Ahead = output.Ahead,
            Behind = output.Behind,
            HasStaged = output.HasStaged,
            HasUnstaged = output.HasUnstaged && doubt is null,
            HasUntracked = output.HasUntracked,
            Conflicts = output.Conflicts,
            Doubt = doubt,
        };
    }

    /// <summary>The message of a commit; null when it cannot be read.</summary>
    /// <exception cref="IOException">git is missing, failed or refused; the message says why.</exception>
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

        byte[] content = GitObjects.ReadLooseCommit(directory, commit, MaxCommitBytes)
            ?? await git.ReadCommitAsync(
                await setups.ReadAsync(directory, cancellationToken).ConfigureAwait(false), commit, MaxCommitBytes, cancellationToken).ConfigureAwait(false);
        string message = CommitMessage.Decode(content);
        _lastMessage = Tuple.Create(commit, message);
        return message;
    }

    // A file that a filter such as Git LFS changes on its way differs from what is stored when it is looked at without the filter, and filters are not run.
    private async Task<string?> FindDoubtAsync(GitSetup setup, GitStatusOutput output, CancellationToken cancellationToken)
    {
        if (!output.HasUnstaged || output.HasOtherUnstaged || setup.Config.Filters.Count == 0)
        {
            return null;
        }

        IReadOnlyDictionary<string, string> filters = await git.ListFiltersAsync(setup, output.ContentPaths, cancellationToken).ConfigureAwait(false);
        bool all = output.ContentPaths.All(path => filters.TryGetValue(path, out string? filter) && setup.Config.Filters.Contains(filter));
        string first = output.ContentPaths[0];
        return all
            ? $"whether {VisibleText.Shorten(first, 100)} is changed only the filter '{VisibleText.Shorten(filters[first], 40)}' can tell, which is not run"
            : null;
    }

    private Task<GitSetup> SetupAsync(CancellationToken cancellationToken) =>
        setups.ReadAsync(Find() ?? throw new IOException("the repository is gone."), cancellationToken);

    private GitDirectory? Find() => GitDirectory.Find(options.Value.RepositoryPath);

    private static string? BranchOf(string? target) =>
        target is not null && target.StartsWith(BranchPrefix, StringComparison.Ordinal) ? target[BranchPrefix.Length..] : target;

    private static int CountFolders(string folder) => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Count() : 0;
}
