namespace Fleet.Metadata.Models;

/// <summary>What the repository's own files say, without asking git.</summary>
internal sealed record GitHead
{
    /// <summary>Short name of the branch; null when detached, or when git alone can tell.</summary>
    public string? Branch { get; init; }

    /// <summary>Full hash of the commit; null when there is none yet, or when git alone can tell.</summary>
    public string? Commit { get; init; }

    public bool IsDetached { get; init; }

    /// <summary>Whether the files show no work tree; git's own word for it is <see cref="GitConfiguration.IsBare"/>.</summary>
    public bool LooksBare { get; init; }

    /// <summary>False when the references are kept in a form that only git reads.</summary>
    public bool IsCertain { get; init; }

    public GitOperation Operation { get; init; }

    /// <summary>The branch that a rebase will move when it ends, or that a bisection began at; null when none is going on.</summary>
    public string? OperationBranch { get; init; }

    /// <summary>Name of the linked work tree; null in the main one.</summary>
    public string? WorktreeName { get; init; }

    /// <summary>How many work trees the repository has, this one included.</summary>
    public int WorktreeCount { get; init; }
}
