using Fleet.Metadata.Clients.Wire;
using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

/// <summary>Maps the forges' words, and chooses among the requests of a branch: the open one, else the one last touched.</summary>
internal static class PullRequestMapping
{
    /// <summary>Those of the branch in the project; another fork may have one of the same name.</summary>
    public static PullRequest? Choose(IEnumerable<GitHubPull> pulls, string branch, long project) => Choose(pulls
        .Where(pull => (pull.Head?.Ref is null || pull.Head.Ref == branch) && (pull.Head?.Repo is not { Id: > 0 } repository || repository.Id == project))
        .Select(Map)
        .OfType<PullRequest>());

    /// <inheritdoc cref="Choose(IEnumerable{GitHubPull}, string, long)"/>
    public static PullRequest? Choose(IEnumerable<GitLabMergeRequest> requests, string branch, long project) => Choose(requests
        .Where(request => (request.SourceBranch is null || request.SourceBranch == branch) && request.SourceProjectId == project)
        .Select(Map)
        .OfType<PullRequest>());

    public static PullRequest? Map(GitHubPull pull) => pull.Number <= 0 ? null : new PullRequest
    {
        Number = pull.Number,

        // GitHub has no word for merged: a merged one is closed and has a time.
        State = pull.State == "open" ? PullRequestState.Open : pull.MergedAt is null ? PullRequestState.Closed : PullRequestState.Merged,
        Title = pull.Title,
        Url = pull.HtmlUrl,
    };

    public static PullRequest? Map(GitLabMergeRequest request) => request.Iid <= 0 ? null : new PullRequest
    {
        Number = request.Iid,
        State = request.State switch
        {
            "merged" => PullRequestState.Merged,
            "closed" => PullRequestState.Closed,

            // "locked" is an open one that is being merged.
            _ => PullRequestState.Open,
        },
        Title = request.Title,
        Url = request.WebUrl,
    };

    private static PullRequest? Choose(IEnumerable<PullRequest> requests)
    {
        PullRequest[] all = [.. requests];
        return Array.Find(all, request => request.State == PullRequestState.Open) ?? all.FirstOrDefault();
    }
}
