using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Services.Calls.Results;

/// <summary>A result as the caller gets it.</summary>
/// <param name="Json">The result.</param>
/// <param name="IsCut">Whether something was left out.</param>
/// <param name="Handle">Handle of the whole, when it was cut and could be kept.</param>
internal sealed record FittedResult(JsonObject Json, bool IsCut, string? Handle);
