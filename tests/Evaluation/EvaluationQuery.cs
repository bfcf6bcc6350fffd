using McpOptimizer.Core.Models;

namespace Evaluation;

/// <summary>A query of a set with the ids of the tools that answer it.</summary>
public sealed record EvaluationQuery(string Id, string Query, string? Keywords, IReadOnlyList<string> Relevant)
{
    /// <summary>The query as it is asked.</summary>
    public ToolQuery ToQuery(int limit) => new() { Description = Query, Keywords = Keywords, Limit = limit };
}
