using Fleet.Metadata.Models;
using Fleet.Metadata.Repositories;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Services;

/// <summary>Branch, commit and state of the work tree. What the repository's files say is reported even when git hangs or is missing.</summary>
internal sealed class GitCollector(GitRepository git, IOptions<FleetMetadataOptions> options) : IMetadataCollector
{
    private const int ShortHashLength = 7;
    private const string DetachedName = "HEAD";

    private const string BareDescription = "Whether the repository has no work tree";
    private const string NotKnown = "unknown";

    private static readonly string[] StatusWords = ["clean", "modified", "staged", NotKnown];
    private static readonly string[] OperationWords = ["none", "merge", "rebase", "am", "cherry-pick", "revert", "bisect"];

    public string Name => "git";

    public TimeSpan Deadline => options.Value.GitDeadline;

    public async Task CollectAsync(MetadataSink sink, CancellationToken cancellationToken = default)
    {
        if (git.ReadHead() is not { } head)
        {
            sink.AddFault($"{options.Value.RepositoryPath} is not in a git repository");
            return;
        }

        PutHead(sink, head);
        Task message = PutMessageAsync(sink, head.Commit, cancellationToken);
        GitStatus? status = null;
        if (await TryAsync(sink, git.ReadConfigurationAsync(head.Branch, cancellationToken)).ConfigureAwait(false) is { } configuration)
        {
            PutConfiguration(sink, configuration);
            if (!head.IsCertain && await TryAsync(sink, git.CompleteAsync(head, cancellationToken)).ConfigureAwait(false) is { } complete)
            {
                PutHead(sink, complete);
                await PutMessageAsync(sink, complete.Commit, cancellationToken).ConfigureAwait(false);
            }

            bool hasFiles = !configuration.IsBare && !head.LooksBare;
            status = hasFiles ? await TryAsync(sink, git.ReadStatusAsync(cancellationToken)).ConfigureAwait(false) : null;
        }

        await message.ConfigureAwait(false);
        if (status is null)
        {
            return;
        }

        PutStatus(sink, status);
        if (status.Commit != head.Commit || (status.Branch != head.Branch && !head.IsDetached))
        {
            // Something was committed or checked out between the two readings, or only git can read the references.
            await CatchUpAsync(sink, status, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CatchUpAsync(MetadataSink sink, GitStatus status, CancellationToken cancellationToken)
    {
        if (git.ReadHead() is not { } head)
        {
            return;
        }

        PutHead(sink, head.IsCertain ? head : head with { Branch = status.Branch, Commit = status.Commit, IsDetached = status.Branch is null });
        await PutMessageAsync(sink, head.IsCertain ? head.Commit : status.Commit, cancellationToken).ConfigureAwait(false);
    }

    private static void PutHead(MetadataSink sink, GitHead head)
    {
        sink.SetText("git_branch", head.IsDetached ? DetachedName : head.Branch, "Branch that is checked out; HEAD when none is", includeInList: true);
        sink.SetText("git_commit_hash", head.Commit?[..ShortHashLength], "Hash of the current commit, 7 characters", includeInList: true);
        sink.SetText("git_commit_sha", head.Commit, "Full hash of the current commit");
        sink.SetFlag("git_detached", head.IsDetached, "Whether a commit is checked out instead of a branch");
        sink.SetFlag("git_bare", head.LooksBare, BareDescription);
        sink.SetChoice("git_operation", OperationWords[(int)head.Operation], OperationWords, "What was begun in the work tree and not finished");
        sink.SetText("git_operation_branch", head.OperationBranch, "Branch that the unfinished operation belongs to");
        sink.SetText("git_worktree", head.WorktreeName, "Name of the linked work tree");
        sink.SetNumber("git_worktree_count", head.WorktreeCount, "Work trees of the repository, this one included");
        if (head.IsCertain)
        {
            sink.SetFlag("git_unborn", head.Commit is null, "Whether the branch has no commit yet");
        }
    }

    private static void PutConfiguration(MetadataSink sink, GitConfiguration configuration)
    {
        sink.SetFlag("git_bare", configuration.IsBare, BareDescription);
        sink.SetNumber("git_submodule_count", configuration.SubmoduleCount, "Submodules that the work tree declares");
        if (ForgeTargets.MainRemote(configuration) is { } remote)
        {
            string address = RemoteAddresses.WithoutCredentials(configuration.Remotes[remote]);
            sink.SetText("git_remote_url", address, "Address of the main remote as git uses it, without credentials");
        }
    }

    private static void PutStatus(MetadataSink sink, GitStatus status)
    {
        string word = status.HasUnstaged || status.HasUntracked || status.Conflicts > 0 ? "modified"
            : status.Doubt is not null ? NotKnown
            : status.HasStaged ? "staged"
            : "clean";
        sink.SetChoice("git_status", word, StatusWords, "State of the work tree", includeInList: true);
        sink.SetText("git_status_reason", word == NotKnown ? status.Doubt : null, "Why the state of the work tree is unknown");
        sink.SetNumber("git_conflicts", status.Conflicts, "Paths with an unresolved conflict");
        sink.SetText("git_upstream", status.Upstream, "Branch that the current one follows");
        sink.SetNumber("git_ahead", status.Ahead, "Commits that the followed branch does not have");
        sink.SetNumber("git_behind", status.Behind, "Commits of the followed branch that are missing here");
        sink.SetFlag("git_unborn", status.Commit is null, "Whether the branch has no commit yet");
    }

    private async Task PutMessageAsync(MetadataSink sink, string? commit, CancellationToken cancellationToken)
    {
        if (commit is not null)
        {
            string? message = await TryAsync(sink, git.ReadMessageAsync(commit, cancellationToken)).ConfigureAwait(false);
            sink.SetText("git_commit_message", message, "Message of the current commit");
        }
    }

    private static async Task<T?> TryAsync<T>(MetadataSink sink, Task<T> reading)
        where T : class?
    {
        try
        {
            return await reading.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            sink.AddFault(exception.Message);
            return null;
        }
    }
}
