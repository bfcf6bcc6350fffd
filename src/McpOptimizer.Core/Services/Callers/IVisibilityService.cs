using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Callers;

/// <summary>The one place that decides what a caller may see; finding, listing, describing and calling all ask it.</summary>
public interface IVisibilityService
{
    /// <summary>What the caller may see among the workloads. A profile that does not exist, or is not the caller's, sees nothing.</summary>
    VisibilityScope ScopeOf(CallerIdentity caller);

    /// <summary>Whether the caller may install and uninstall servers: an administrator whose profile, if any, is not read-only.</summary>
    bool MayInstall(CallerIdentity caller);

    /// <summary>Whether a profile of that name exists.</summary>
    bool IsProfile(string name);
}
