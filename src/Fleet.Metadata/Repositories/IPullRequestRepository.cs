using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

internal interface IPullRequestRepository
{
    /// <summary>
    /// What is known about the branch on its forge. Waits for the forge until the token when nothing young enough is known,
    /// then answers with what there is; a request that is under way goes on.
    /// </summary>
    /// <returns>Null when the repository has no remote on a known forge.</returns>
    Task<PullRequestFinding?> FindAsync(GitHead head, GitConfiguration configuration, CancellationToken cancellationToken);
}
