namespace Fleet.Metadata.Models;

/// <summary>What git says about how the repository is set up.</summary>
internal sealed record GitConfiguration
{
    public bool IsBare { get; init; }

    /// <summary>Null when git cannot read the declaration of submodules.</summary>
    public int? SubmoduleCount { get; init; }

    /// <summary>The address that git would fetch from, by the name of the remote. May hold credentials.</summary>
    public required IReadOnlyDictionary<string, string> Remotes { get; init; }

    /// <summary>Name or address of the remote that the branch follows; null when it follows none, or a branch of this repository.</summary>
    public string? BranchRemote { get; init; }

    /// <summary>The reference that the branch follows there, such as <c>refs/heads/main</c> or <c>refs/pull/7/head</c>; null when it follows none.</summary>
    public string? BranchMerge { get; init; }

    /// <summary>Name or address of the remote that the branch is pushed to, as far as that is configured; null when it is not.</summary>
    public string? PushRemote { get; init; }

    /// <summary>The name under which a rule for pushes (<c>remote.X.push</c>) stores the branch there; null when there is no such rule.</summary>
    public string? PushBranch { get; init; }

    /// <summary>Whether a push goes to the branch that is followed, whatever its name.</summary>
    public bool PushesToUpstream { get; init; }

    /// <summary>Whether the branch that is followed is one to begin from rather than the branch itself under another name.</summary>
    public bool FollowsBase { get; init; }
}
