using Fleet.Metadata.Clients.Git;
using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

/// <summary>Picks from git's configuration what says where a branch comes from and goes to.</summary>
internal static class GitConfigurationMapping
{
    private const string BranchPrefix = "refs/heads/";

    private const string DefaultRemote = "origin";

    // For a branch that follows one of its own repository.
    private const string ThisRepository = ".";

    // By custom nobody's own work, whatever the forge's default branch is.
    private static readonly HashSet<string> Bases = new(StringComparer.Ordinal) { "main", "master", "trunk", "develop", "dev" };

    public static GitConfiguration Map(GitSetup setup, string? branch)
    {
        GitConfig config = setup.Config;
        string? remote = Branch("remote");
        remote = remote == ThisRepository ? null : remote;
        string? merge = remote is null ? null : Branch("merge");
        string? push = Branch("pushremote") ?? config.Get("remote", "", "pushdefault");
        return new GitConfiguration
        {
            IsBare = setup.IsBare,
            SubmoduleCount = setup.SubmoduleCount,
            Remotes = setup.Remotes,
            BranchRemote = remote,
            BranchMerge = merge,
            PushRemote = push,
            PushBranch = branch is null ? null : PushBranch(config, push ?? remote ?? DefaultRemote, branch),
            PushesToUpstream = config.Get("push", "", "default") is "upstream" or "tracking",
            FollowsBase = remote is not null && merge is not null && setup.Remotes.ContainsKey(remote) && IsBase(setup, remote, branch!, merge),
        };

        string? Branch(string key) => branch is null ? null : config.Get("branch", branch, key);
    }

    // The first rule that fits, as SOURCE:TARGET, either with one star for the same part.
    private static string? PushBranch(GitConfig config, string remote, string branch)
    {
        string source = BranchPrefix + branch;
        foreach (GitConfigEntry entry in config.Entries.Where(entry => entry is { Section: "remote", Key: "push" } && entry.Subsection == remote))
        {
            if ((entry.Value ?? "").TrimStart('+').Split(':') is not [var from, var to] || !to.StartsWith(BranchPrefix, StringComparison.Ordinal))
            {
                continue;
            }

            if (from == source || from == branch)
            {
                return to[BranchPrefix.Length..];
            }

            if (from.Split('*') is [var before, var after] && to.Contains('*', StringComparison.Ordinal) && source.Length >= before.Length + after.Length
                && source.StartsWith(before, StringComparison.Ordinal) && source.EndsWith(after, StringComparison.Ordinal))
            {
                return to.Replace("*", source[before.Length..^after.Length], StringComparison.Ordinal)[BranchPrefix.Length..];
            }
        }

        return null;
    }

    // The default branch of the remote, or any once this branch was pushed under its own name.
    private static bool IsBase(GitSetup setup, string remote, string branch, string merge)
    {
        GitReferences references = new(setup.Directory);
        string name = merge.StartsWith(BranchPrefix, StringComparison.Ordinal) ? merge[BranchPrefix.Length..] : merge;
        return name != branch
            && (Bases.Contains(name)
                || references.ReadTarget($"refs/remotes/{remote}/HEAD") == $"refs/remotes/{remote}/{name}"
                || references.Exists($"refs/remotes/{remote}/{branch}"));
    }
}
