using McpOptimizer.Core.Models.Sources;

namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>Tells which MCP servers could be installed. At most one is registered.</summary>
public interface IRegistrySource
{
    /// <summary>Stable name for logs and <c>/ready</c>.</summary>
    string Name { get; }

    /// <summary>Lists the catalogue. An exception means "could not look": nothing is changed then.</summary>
    Task<RegistryListing> ListAsync(CancellationToken cancellationToken = default);
}
