using McpOptimizer.Core.Services.Search;

namespace McpOptimizer.Core.Services.Offerings;

/// <summary>One search service per index of offerings.</summary>
/// <param name="Resources">Over resources and resource templates.</param>
/// <param name="Prompts">Over prompts.</param>
internal sealed record OfferingSearches(IToolSearchService Resources, IToolSearchService Prompts);
