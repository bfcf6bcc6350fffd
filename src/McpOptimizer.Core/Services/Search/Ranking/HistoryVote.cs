namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>What past requests say of one tool.</summary>
/// <param name="Segment">Where the tool is in the index.</param>
/// <param name="Document">Its place there.</param>
/// <param name="Evidence">From −1, against it, to 1, for it.</param>
/// <param name="Calls">Successful calls after similar requests.</param>
/// <param name="Failures">Calls after similar requests that it answered with an error.</param>
/// <param name="PassedOver">How often another hit, further down, was called at a similar request.</param>
/// <param name="IsTried">Whether use may take a place from it: it was passed over often enough at requests like this one.</param>
internal sealed record HistoryVote(int Segment, int Document, double Evidence, int Calls, int Failures, int PassedOver, bool IsTried);
