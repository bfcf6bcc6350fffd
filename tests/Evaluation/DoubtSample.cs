using McpOptimizer.Core.Models;

namespace Evaluation;

/// <summary>Answers to needs, by what is known of them.</summary>
/// <param name="Right">A right tool is among the first hits.</param>
/// <param name="Served">Some tool of the catalogue is right, found or not.</param>
/// <param name="Hopeless">The servers with the right tools were left out.</param>
/// <param name="Nonsense">No tool serves it anywhere.</param>
public sealed record DoubtSample(List<ToolSearchResult> Right, List<ToolSearchResult> Served, List<ToolSearchResult> Hopeless, List<ToolSearchResult> Nonsense);
