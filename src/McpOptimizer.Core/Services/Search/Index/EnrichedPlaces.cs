namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>The enriched tools that one scope sees of one snapshot.</summary>
/// <param name="Version">Of what was known of enrichment when they were looked up.</param>
/// <param name="Texts">How many texts they have together.</param>
/// <param name="Tools">The tools by segment and document.</param>
internal sealed record EnrichedPlaces(int Version, int Texts, IReadOnlyDictionary<(int Segment, int Document), EnrichedTool> Tools);
