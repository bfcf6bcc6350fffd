using Fleet.Metadata.Clients.Wire;
using Fleet.Metadata.Models;

namespace Fleet.Metadata.Clients.Forge;

internal interface IForgeClient
{
    /// <summary>Pull requests of any state whose head is the branch of the owner, last touched first.</summary>
    Task<ForgeReply<GitHubPull>> GetPullsAsync(
        ForgeHost host, string repository, string owner, string branch, string? entityTag, CancellationToken cancellationToken);

    /// <summary>Merge requests of any state that come from the branch, last touched first.</summary>
    Task<ForgeReply<GitLabMergeRequest>> GetMergeRequestsAsync(
        ForgeHost host, string project, string branch, string? entityTag, CancellationToken cancellationToken);
}
