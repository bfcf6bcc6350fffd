using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>What past requests say at a request.</summary>
/// <param name="request">The request's vector.</param>
/// <param name="usual">How near the tools usually are to it: mean and deviation.</param>
/// <param name="index">The snapshot that is searched.</param>
/// <param name="visible">What the caller sees of it.</param>
internal delegate HistoryVotes PastVotes(ReadOnlySpan<float> request, (double Mean, double Deviation) usual, ToolIndex index, VisibleSet visible);
