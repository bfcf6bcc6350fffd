namespace McpOptimizer.Core.Models.Trust;

/// <summary>What somebody decides.</summary>
public sealed record TrustDecision
{
    /// <summary>
    /// A definition as <see cref="TrustEntry.DisplayName"/> names it, <c>server</c> for everything of a server that awaits a decision, null for everything that does.
    /// Not used with a <see cref="ReviewId"/>.
    /// </summary>
    public string? Target { get; init; }

    /// <summary><see cref="TrustReview.Hash"/> of the review it rests on, all 64 characters: when anything changed since, nothing is decided.</summary>
    public string? Hash { get; init; }

    /// <summary><see cref="TrustReview.Id"/> of the review it rests on: decides on what that page showed, and on nothing when any of it changed since.</summary>
    public string? ReviewId { get; init; }

    /// <summary>Who decides, for the log.</summary>
    public required string By { get; init; }

    /// <summary>Why, for the log; at most 1,000 characters.</summary>
    public string? Note { get; init; }
}
