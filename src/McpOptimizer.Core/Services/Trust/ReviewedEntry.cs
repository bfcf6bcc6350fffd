using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>One entry as a review showed it.</summary>
/// <param name="Server">Its server.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name; null for what a server has one of.</param>
/// <param name="Hash">What was listed.</param>
/// <param name="DecidedAt">When it was decided on last, in Unix milliseconds; null when never.</param>
internal sealed record ReviewedEntry(string Server, TrustKind Kind, string? Name, string Hash, long? DecidedAt);
