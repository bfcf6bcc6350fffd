using System.Text.Json.Nodes;

namespace Evaluation;

/// <summary>A tool of a set.</summary>
public sealed record EvaluationTool(string Id, string Server, string Name, string? Title, string? Description, JsonObject? InputSchema);
