namespace McpOptimizer.Core.Models.Store;

/// <summary>What became of asking a model about a definition. The numbers are stored.</summary>
internal enum EnrichmentState
{
    /// <summary>Its answer is used.</summary>
    Made = 1,

    /// <summary>Its answer was no use; it is not asked again.</summary>
    Discarded = 2,

    /// <summary>It did not answer; it is asked again later.</summary>
    Failed = 3,
}
