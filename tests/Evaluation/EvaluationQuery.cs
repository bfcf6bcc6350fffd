namespace Evaluation;

/// <summary>A query of a set with the ids of the tools that answer it.</summary>
public sealed record EvaluationQuery(string Id, string Query, string? Keywords, IReadOnlyList<string> Relevant);
