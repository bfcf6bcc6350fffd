namespace McpOptimizer.Server.Api.Answers;

/// <summary>How often a tool served since the start.</summary>
/// <param name="Found">Searches that showed it.</param>
/// <param name="Called">Calls of it.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="LastCalledAt">When it was called last.</param>
internal sealed record ToolUsageAnswer(long Found, long Called, long Failed, DateTimeOffset? LastCalledAt);
