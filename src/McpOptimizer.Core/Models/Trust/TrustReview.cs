namespace McpOptimizer.Core.Models.Trust;

/// <summary>One page of what is to be decided on, and what a decision about it gives.</summary>
public sealed record TrustReview
{
    /// <summary>
    /// Stands for exactly the definitions on this page, hashes included: random, known to this process only, and to be given as <see cref="TrustDecision.ReviewId"/>.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Of one definition its own hash; of several a hash over all of them. Null when this page does not show all that the target means.</summary>
    public string? Hash { get; init; }

    /// <summary>Approved and current definitions side by side.</summary>
    public required IReadOnlyList<TrustDiff> Items { get; init; }

    /// <summary>How many definitions the target means, on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>Where the next page begins; null on the last.</summary>
    public int? Next { get; init; }
}
