using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>
/// Which definitions are trusted, and who decided so. For operators: what is listed here may be hidden from callers, so no tool that a model can call
/// offers it. Decisions are written at once and whole, and are in the index when the call returns; other processes on the same database
/// notice them within <c>Trust:RefreshInterval</c>.
/// </summary>
public interface ITrustService
{
    /// <summary>Entries by server and tool.</summary>
    Task<IReadOnlyList<TrustEntry>> ListAsync(TrustQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>What was approved against what is listed now, page by page, and what a decision about it gives.</summary>
    /// <param name="target">As <see cref="TrustDecision.Target"/>.</param>
    /// <param name="offset">How many definitions to leave out at the start.</param>
    /// <param name="limit">At most so many definitions, 1 to 500.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ArgumentException">There is no such server or tool; the message names the nearest.</exception>
    Task<TrustReview> ReviewAsync(string? target = null, int offset = 0, int limit = 50, CancellationToken cancellationToken = default);

    /// <summary>Approves: what is listed now is found and called from now on. A rejected definition can be approved by its own name only.</summary>
    /// <returns>The entries that changed by it; empty when there was nothing to decide.</returns>
    /// <exception cref="ArgumentException">There is no such server or tool, it is not listed now, or the decision gives neither the id nor the whole hash of a review.</exception>
    /// <exception cref="TrustConflictException">What was reviewed changed meanwhile, or the review id is not known here; nothing was approved.</exception>
    Task<IReadOnlyList<TrustEntry>> ApproveAsync(TrustDecision decision, CancellationToken cancellationToken = default);

    /// <summary>Rejects: the definition stays withheld, also when the policy trusts first sights. A trusted one can be rejected by its own name, and is withheld from now on.</summary>
    /// <returns>The entries that changed by it; empty when there was nothing to decide.</returns>
    /// <exception cref="ArgumentException">There is no such server or tool, or it is not listed now.</exception>
    /// <exception cref="TrustConflictException">What was reviewed changed meanwhile; nothing was rejected.</exception>
    Task<IReadOnlyList<TrustEntry>> RejectAsync(TrustDecision decision, CancellationToken cancellationToken = default);

    /// <summary>The log, newest first.</summary>
    /// <param name="limit">At most so many lines, 1 to 1,000.</param>
    /// <param name="before">Only lines older than this id, for the next page; null for the newest.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<IReadOnlyList<TrustRecord>> ReadLogAsync(int limit = 100, long? before = null, CancellationToken cancellationToken = default);
}
