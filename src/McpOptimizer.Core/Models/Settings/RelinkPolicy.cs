namespace McpOptimizer.Core.Models.Settings;

/// <summary>When the link between a workload and its registry entry is looked for.</summary>
public enum RelinkPolicy
{
    /// <summary>
    /// When a workload is first seen, when its URL or image changes, when its entry disappears or is renamed, and on an explicit
    /// re-match. A registry entry that is added later does not change a workload that runs already.
    /// </summary>
    OnChange = 0,

    /// <summary>At every ingestion.</summary>
    EveryIngestion,
}
