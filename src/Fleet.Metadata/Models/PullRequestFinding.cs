namespace Fleet.Metadata.Models;

/// <summary>What is known about the branch on its forge.</summary>
internal sealed record PullRequestFinding
{
    public required ForgeKind Kind { get; init; }

    /// <summary>Owner and name of the repository the branch is pushed to, such as <c>owner/repo</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>Null: the branch has none, or nothing is known yet.</summary>
    public PullRequest? PullRequest { get; init; }

    /// <summary>How long ago the forge confirmed this; null when it never answered.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Why the forge did not answer when it was last asked; null when it did.</summary>
    public string? Fault { get; init; }
}
