using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Services.Calls.Results;

/// <summary>A result after it was made to fit.</summary>
/// <param name="Result">The result, with the notice still missing.</param>
/// <param name="EstimatedTokens">What the whole would have cost.</param>
/// <param name="Omissions">What was left out, a few words each; empty when nothing was.</param>
internal sealed record LimitedResult(JsonObject Result, int EstimatedTokens, IReadOnlyList<string> Omissions)
{
    /// <summary>Whether anything was left out.</summary>
    public bool IsCut => Omissions.Count > 0;
}
