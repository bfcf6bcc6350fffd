namespace Fleet.Metadata.Models;

/// <summary>A pull request, or a merge request.</summary>
internal sealed record PullRequest
{
    public required long Number { get; init; }

    public required PullRequestState State { get; init; }

    public string? Title { get; init; }

    public string? Url { get; init; }
}
