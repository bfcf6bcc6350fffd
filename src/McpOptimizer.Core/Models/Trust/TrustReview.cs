namespace McpOptimizer.Core.Models.Trust;

/// <summary>What is to be decided on, and the hash that a decision must give.</summary>
public sealed record TrustReview
{
    /// <summary>Of one definition its own hash; of several a hash over all of them.</summary>
    public required string Hash { get; init; }

    /// <summary>Approved and current definitions side by side.</summary>
    public required IReadOnlyList<TrustDiff> Items { get; init; }
}
