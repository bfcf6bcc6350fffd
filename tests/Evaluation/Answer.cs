namespace Evaluation;

/// <summary>What one query brought.</summary>
/// <param name="Query">The query.</param>
/// <param name="Found">Ids of the tools found, best first.</param>
/// <param name="Confidence">How sure the search was.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record Answer(EvaluationQuery Query, IReadOnlyList<string> Found, double Confidence, double Milliseconds);
