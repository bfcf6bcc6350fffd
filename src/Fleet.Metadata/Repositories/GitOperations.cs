using System.Text;
using Fleet.Metadata.Clients.Files;
using Fleet.Metadata.Clients.Git;
using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

/// <summary>Recognises by git's own marks what was begun and not finished.</summary>
internal static class GitOperations
{
    private const string BranchPrefix = "refs/heads/";
    private const int MaxNameBytes = 4096;

    public static (GitOperation Operation, string? Branch) Read(GitDirectory directory)
    {
        if (HasFolder(directory, "rebase-merge"))
        {
            return (GitOperation.Rebase, ReadBranch(directory, "rebase-merge/head-name"));
        }

        if (HasFolder(directory, "rebase-apply"))
        {
            return HasFile(directory, "rebase-apply/applying")
                ? (GitOperation.Am, null)
                : (GitOperation.Rebase, ReadBranch(directory, "rebase-apply/head-name"));
        }

        GitOperation operation =
            HasFile(directory, "MERGE_HEAD") ? GitOperation.Merge
            : HasFile(directory, "CHERRY_PICK_HEAD") ? GitOperation.CherryPick
            : HasFile(directory, "REVERT_HEAD") ? GitOperation.Revert
            : HasFile(directory, "BISECT_LOG") ? GitOperation.Bisect
            : GitOperation.None;
        return (operation, operation == GitOperation.Bisect ? ReadBranch(directory, "BISECT_START") : null);
    }

    private static bool HasFolder(GitDirectory directory, string name) => Directory.Exists(Path.Combine(directory.Own, name));

    private static bool HasFile(GitDirectory directory, string name) => File.Exists(Path.Combine(directory.Own, name));

    private static string? ReadBranch(GitDirectory directory, string file)
    {
        if (BoundedFile.Read(Path.Combine(directory.Own, file), MaxNameBytes) is not { } bytes)
        {
            return null;
        }

        string name = Encoding.UTF8.GetString(bytes).Trim();
        name = name.StartsWith(BranchPrefix, StringComparison.Ordinal) ? name[BranchPrefix.Length..] : name;
        return name is "" or "detached HEAD" ? null : name;
    }
}
