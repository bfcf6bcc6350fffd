namespace McpOptimizer.Core.Models.Trust;

/// <summary>What somebody decides.</summary>
public sealed record TrustDecision
{
    /// <summary>
    /// <c>server/tool</c> for one tool, <c>server#instructions</c> for a server's instructions, <c>server</c> for everything of a server that awaits a decision,
    /// null for everything that does.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>
    /// <see cref="TrustReview.Hash"/> of the review it rests on, or at least its first 12 characters: when anything changed since, nothing is decided. Null decides on what is stored now.
    /// </summary>
    public string? Hash { get; init; }

    /// <summary>Who decides, for the log.</summary>
    public required string By { get; init; }

    /// <summary>Why, for the log; at most 1,000 characters.</summary>
    public string? Note { get; init; }
}
