namespace McpOptimizer.Core.Models.Calls;

/// <summary>How far a backend has come with a call.</summary>
/// <param name="Progress">How much is done; grows.</param>
/// <param name="Total">How much there is, if known.</param>
/// <param name="Message">What it is doing, if said.</param>
public sealed record CallProgress(double Progress, double? Total = null, string? Message = null);
