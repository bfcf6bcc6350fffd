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
            return (GitOperation.Rebase, ReadHeadName(directory, "rebase-merge/head-name"));
        }

        if (HasFolder(directory, "rebase-apply"))
        {
            return HasFile(directory, "rebase-apply/applying")
                ? (GitOperation.Am, null)
                : (GitOperation.Rebase, ReadHeadName(directory, "rebase-apply/head-name"));
        }

        GitOperation operation =
            HasFile(directory, "MERGE_HEAD") ? GitOperation.Merge
            : HasFile(directory, "CHERRY_PICK_HEAD") ? GitOperation.CherryPick
            : HasFile(directory, "REVERT_HEAD") ? GitOperation.Revert
            : ReadSequence(directory) is var sequence and not GitOperation.None ? sequence
            : HasFile(directory, "BISECT_LOG") ? GitOperation.Bisect
            : GitOperation.None;
        return (operation, operation == GitOperation.Bisect ? ReadBisectStart(directory) : null);
    }

    // Between the steps of a sequence, its list is all that is left of it.
    private static GitOperation ReadSequence(GitDirectory directory) => ReadLine(directory, "sequencer/todo") switch
    {
        { } line when line.StartsWith("pick ", StringComparison.Ordinal) => GitOperation.CherryPick,
        { } line when line.StartsWith("revert ", StringComparison.Ordinal) => GitOperation.Revert,
        _ => GitOperation.None,
    };

    // Holds the whole name of a reference, or words for none.
    private static string? ReadHeadName(GitDirectory directory, string file) =>
        ReadLine(directory, file) is { } name && name.StartsWith(BranchPrefix, StringComparison.Ordinal) && GitRefName.IsValid(name)
            ? name[BranchPrefix.Length..]
            : null;

    // Holds the short name of a branch, which any word could be: only one that is there is believed.
    private static string? ReadBisectStart(GitDirectory directory) =>
        ReadLine(directory, "BISECT_START") is { } name && new GitReferences(directory).Exists(BranchPrefix + name) ? name : null;

    private static bool HasFolder(GitDirectory directory, string name) => Directory.Exists(Path.Combine(directory.Own, name));

    private static bool HasFile(GitDirectory directory, string name) => File.Exists(Path.Combine(directory.Own, name));

    private static string? ReadLine(GitDirectory directory, string file)
    {
        try
        {
            return BoundedFile.Read(Path.Combine(directory.Own, file), MaxNameBytes, followLink: false) is { } bytes
                ? Encoding.UTF8.GetString(bytes).Split('\n', 2)[0].Trim()
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A link, a folder or a pipe of this name is not git's.
            return null;
        }
    }
}
