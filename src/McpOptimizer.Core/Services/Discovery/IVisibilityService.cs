using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>The one place that decides what a caller may see; finding, listing, describing and calling all ask it.</summary>
public interface IVisibilityService
{
    /// <summary>What the caller may see among the workloads.</summary>
    VisibilityScope ScopeOf(CallerIdentity caller);
}
