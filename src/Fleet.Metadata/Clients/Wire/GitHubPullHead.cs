namespace Fleet.Metadata.Clients.Wire;

internal sealed record GitHubPullHead
{
    public string? Ref { get; init; }

    /// <summary>The repository that holds the branch; null when it was deleted.</summary>
    public GitHubRepository? Repo { get; init; }
}
