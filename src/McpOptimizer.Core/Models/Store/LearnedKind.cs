namespace McpOptimizer.Core.Models.Store;

/// <summary>What became of a hit. The numbers are stored.</summary>
internal enum LearnedKind
{
    /// <summary>It was called and answered.</summary>
    Called = 1,

    /// <summary>It was called and answered that it failed.</summary>
    Failed = 2,

    /// <summary>It stood before the called one.</summary>
    PassedOver = 3,
}
