namespace Fleet.Metadata.Models;

/// <summary>What the repository's own files say, without asking git.</summary>
internal sealed record GitHead
{
    /// <summary>Short name of the branch; null when detached, or when git alone can tell.</summary>
    public string? Branch { get; init; }

    /// <summary>Full hash of the commit; null when there is none yet, or when git alone can tell.</summary>
    public string? Commit { get; init; }

    public bool IsDetached { get; init; }

    public bool IsBare { get; init; }

    /// <summary>False when the references are kept in a form that only git reads.</summary>
    public bool IsCertain { get; init; }

    public GitOperation Operation { get; init; }

    /// <summary>The branch that a rebase will move when it ends; null when none is going on.</summary>
    public string? OperationBranch { get; init; }

    /// <summary>Name of the linked work tree; null in the main one.</summary>
    public string? WorktreeName { get; init; }

    /// <summary>How many work trees the repository has, this one included.</summary>
    public int WorktreeCount { get; init; }

    public int SubmoduleCount { get; init; }

    /// <summary>The remotes as configured, by name. May hold credentials.</summary>
    public required IReadOnlyDictionary<string, string> Remotes { get; init; }

    /// <summary>The remote that the branch follows; null when not configured.</summary>
    public string? BranchRemote { get; init; }
}
