namespace Fleet.Metadata.Models;

/// <summary>What git says about the work tree and the branch.</summary>
internal sealed record GitStatus
{
    /// <summary>Full hash; null before the first commit.</summary>
    public string? Commit { get; init; }

    /// <summary>Short name of the branch; null when detached.</summary>
    public string? Branch { get; init; }

    /// <summary>The branch followed, such as <c>origin/main</c>; null when none.</summary>
    public string? Upstream { get; init; }

    /// <summary>Commits that the followed branch lacks; null when it is none or gone.</summary>
    public int? Ahead { get; init; }

    /// <summary>Commits that this branch lacks; null when none is followed or it is gone.</summary>
    public int? Behind { get; init; }

    public bool HasUnstaged { get; init; }

    public bool HasStaged { get; init; }

    public bool HasUntracked { get; init; }

    /// <summary>Why it is not known whether files are changed; null when it is.</summary>
    public string? Doubt { get; init; }

    /// <summary>Paths with a conflict.</summary>
    public int Conflicts { get; init; }
}
