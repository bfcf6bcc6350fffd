namespace McpOptimizer.Core.Models.Learning;

/// <summary>What is remembered for one profile.</summary>
/// <param name="Profile">Its name; empty for callers without one.</param>
/// <param name="Requests">Past requests that are kept.</param>
/// <param name="Callers">How many callers they are of.</param>
/// <param name="Tools">How many tools were called after them.</param>
/// <param name="Oldest">When the oldest was made.</param>
/// <param name="Newest">When the newest was made.</param>
public sealed record LearningProfile(string Profile, int Requests, int Callers, int Tools, DateTimeOffset Oldest, DateTimeOffset Newest);
