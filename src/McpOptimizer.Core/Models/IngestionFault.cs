namespace McpOptimizer.Core.Models;

/// <summary>Something that fails now.</summary>
/// <param name="Part">What fails.</param>
/// <param name="Message">The last thing that went wrong, in a sentence for an operator.</param>
/// <param name="Since">Since when it has been failing.</param>
public sealed record IngestionFault(IngestionPart Part, string Message, DateTimeOffset Since);
