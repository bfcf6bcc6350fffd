namespace McpOptimizer.Core.Models;

/// <summary>How a source fared lately.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="LastSuccess">When it last answered; null when it never did.</param>
/// <param name="LastError">What went wrong since then; null when nothing did.</param>
/// <param name="Servers">How many servers it listed last.</param>
/// <param name="FailingSince">Since when it has been failing; null when it is not.</param>
public sealed record SourceStatus(string Name, DateTimeOffset? LastSuccess, string? LastError, int Servers, DateTimeOffset? FailingSince = null);
