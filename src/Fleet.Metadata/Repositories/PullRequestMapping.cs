using Fleet.Metadata.Clients.Wire;
using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

/// <summary>Maps the forges' words, and chooses among the requests of a branch: the open one, else the one last touched.</summary>
internal static class PullRequestMapping
{
    public static PullRequest? Choose(IEnumerable<GitHubPull> pulls, string branch) =>
        Choose(pulls.Where(pull => pull.Number > 0 && (pull.Head?.Ref is null || pull.Head.Ref == branch)).Select(pull => new PullRequest
        {
            Number = pull.Number,

            // GitHub has no word for merged: a merged one is closed and has a time.
            State = pull.State == "open" ? PullRequestState.Open : pull.MergedAt is null ? PullRequestState.Closed : PullRequestState.Merged,
            Title = pull.Title,
            Url = pull.HtmlUrl,
        }));

    public static PullRequest? Choose(IEnumerable<GitLabMergeRequest> requests, string branch) =>
        Choose(requests.Where(request => request.Iid > 0 && (request.SourceBranch is null || request.SourceBranch == branch)).Select(request => new PullRequest
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
        }));

    private static PullRequest? Choose(IEnumerable<PullRequest> requests)
    {
        PullRequest[] all = [.. requests];
        return Array.Find(all, request => request.State == PullRequestState.Open) ?? all.FirstOrDefault();
    }
}
