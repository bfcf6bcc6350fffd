namespace McpOptimizer.Core.Services.Catalogue;

/// <summary>What of the offerings changed.</summary>
internal enum OfferingChange
{
    /// <summary>Resources or resource templates.</summary>
    Resources = 0,

    /// <summary>Prompts.</summary>
    Prompts,
}
