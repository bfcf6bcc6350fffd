using McpOptimizer.Core.Models;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>The allowed groups of the settings, the same for every caller.</summary>
internal sealed class VisibilityService : IVisibilityService
{
    private readonly VisibilityScope _scope;

    public VisibilityService(IOptions<McpOptimizerOptions> options)
    {
        HashSet<string> groups = [.. options.Value.Ingestion.AllowedGroups.Select(group => group.Trim()).Where(group => group.Length > 0)];

        // One instance, so that what the index caches per scope is found again.
        _scope = groups.Count == 0 ? VisibilityScope.Everything : new VisibilityScope { Groups = groups };
    }

    public VisibilityScope ScopeOf(CallerIdentity caller) => _scope;
}
