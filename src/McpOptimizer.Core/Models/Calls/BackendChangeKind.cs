namespace McpOptimizer.Core.Models.Calls;

/// <summary>What changed at a backend.</summary>
public enum BackendChangeKind
{
    /// <summary>Its tools, or it was connected to anew, so that they may have.</summary>
    Tools = 0,

    /// <summary>Its resources.</summary>
    Resources,

    /// <summary>Its prompts.</summary>
    Prompts,
}
