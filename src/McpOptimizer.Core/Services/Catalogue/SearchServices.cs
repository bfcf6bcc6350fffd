using McpOptimizer.Core.Services.Search;

namespace McpOptimizer.Core.Services.Catalogue;

/// <summary>One search service per index.</summary>
/// <param name="Workloads">Over tools of running servers.</param>
/// <param name="Registry">Over tools of registry entries.</param>
/// <param name="Withheld">Over tools that await approval.</param>
internal sealed record SearchServices(ToolSearchService Workloads, ToolSearchService Registry, ToolSearchService Withheld);
