namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>For each term the documents that hold it, ascending, with weight and fields, in flat arrays.</summary>
/// <param name="Starts">First posting of each term, and the number of postings at the end.</param>
/// <param name="Documents">Document numbers.</param>
/// <param name="Weights">Weights in steps of 1 / <see cref="IndexSegment.WeightSteps"/>.</param>
/// <param name="Fields">One bit per <see cref="ToolField"/> the term stands in.</param>
internal sealed record Postings(int[] Starts, int[] Documents, ushort[] Weights, byte[] Fields);
