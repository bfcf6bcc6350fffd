using Fleet.Metadata.Clients.Wire;
using Fleet.Metadata.Models;

namespace Fleet.Metadata.Clients.Forge;

internal interface IForgeClient
{
    /// <summary>A repository, with the one that it is a fork of.</summary>
    Task<ForgeReply<GitHubRepository>> GetRepositoryAsync(ForgeHost host, string repository, CancellationToken cancellationToken);

    /// <summary>A project, with the one that it is a fork of.</summary>
    Task<ForgeReply<GitLabProject>> GetProjectAsync(ForgeHost host, string project, CancellationToken cancellationToken);

    /// <summary>One pull request.</summary>
    Task<ForgeReply<GitHubPull>> GetPullAsync(ForgeHost host, string repository, long number, string? entityTag, CancellationToken cancellationToken);

    /// <summary>One merge request.</summary>
    Task<ForgeReply<GitLabMergeRequest>> GetMergeRequestAsync(
        ForgeHost host, string project, long number, string? entityTag, CancellationToken cancellationToken);

    /// <summary>Pull requests of any state whose head is the branch of the owner, last touched first.</summary>
    Task<ForgeReply<GitHubPull>> GetPullsAsync(
        ForgeHost host, string repository, string owner, string branch, string? entityTag, CancellationToken cancellationToken);

    /// <summary>Merge requests of any state that come from a branch of that name, of whatever fork, last touched first.</summary>
    Task<ForgeReply<GitLabMergeRequest>> GetMergeRequestsAsync(
        ForgeHost host, string project, string branch, string? entityTag, CancellationToken cancellationToken);
}
