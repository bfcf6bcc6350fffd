using Fleet.Metadata.Clients.Forge;
using Fleet.Metadata.Clients.Wire;
using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

/// <summary>
/// Asks either kind of forge the same questions. Nobody's token ends a request: whoever asks next wants the answer too, and the HTTP client has its own
/// timeout.
/// </summary>
internal sealed class ForgeQuestions(ForgeClient forges)
{
    /// <summary>One request by its number.</summary>
    public async Task<(ForgeReply Reply, PullRequest? Found)> AskOneAsync(ForgeHost host, ForgeRequest request, ForgeAnswer? last)
    {
        if (host.Kind == ForgeKind.GitHub)
        {
            ForgeReply<GitHubPull> pull = await forges.GetPullAsync(host, request.Repository, request.Number, last?.EntityTag, CancellationToken.None)
                .ConfigureAwait(false);
            return (pull, pull.Items.Select(PullRequestMapping.Map).FirstOrDefault());
        }

        ForgeReply<GitLabMergeRequest> merge = await forges
            .GetMergeRequestAsync(host, request.Repository, request.Number, last?.EntityTag, CancellationToken.None).ConfigureAwait(false);
        return (merge, merge.Items.Select(PullRequestMapping.Map).FirstOrDefault());
    }

    /// <summary>The request in a repository that comes from a branch: the open one, else the one last touched.</summary>
    public async Task<(ForgeReply Reply, PullRequest? Found)> AskListAsync(
        ForgeHost host, string repository, ForgeHead head, ForgeProject project, ForgeAnswer? last)
    {
        if (host.Kind == ForgeKind.GitHub)
        {
            string owner = head.Repository[..head.Repository.LastIndexOf('/')];
            ForgeReply<GitHubPull> pulls = await forges.GetPullsAsync(host, repository, owner, head.Branch, last?.EntityTag, CancellationToken.None)
                .ConfigureAwait(false);
            return (pulls, PullRequestMapping.Choose(pulls.Items, head.Branch, project.Id));
        }

        ForgeReply<GitLabMergeRequest> requests = await forges.GetMergeRequestsAsync(host, repository, head.Branch, last?.EntityTag, CancellationToken.None)
            .ConfigureAwait(false);
        return (requests, PullRequestMapping.Choose(requests.Items, head.Branch, project.Id));
    }

    /// <summary>What the forge says about a repository.</summary>
    public async Task<(ForgeReply Reply, ForgeProject? Found)> AskProjectAsync(ForgeHost host, string repository)
    {
        if (host.Kind == ForgeKind.GitHub)
        {
            ForgeReply<GitHubRepository> gitHub = await forges.GetRepositoryAsync(host, repository, CancellationToken.None).ConfigureAwait(false);
            return (gitHub, gitHub.Items.Select(item => new ForgeProject(item.Id, item.Parent?.FullName)).FirstOrDefault());
        }

        ForgeReply<GitLabProject> gitLab = await forges.GetProjectAsync(host, repository, CancellationToken.None).ConfigureAwait(false);
        return (gitLab, gitLab.Items.Select(item => new ForgeProject(item.Id, item.ForkedFromProject?.PathWithNamespace)).FirstOrDefault());
    }
}
