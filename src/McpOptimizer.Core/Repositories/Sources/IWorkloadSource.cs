using McpOptimizer.Core.Models.Sources;
using Microsoft.Extensions.Primitives;

namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>Tells which MCP servers there are. Register as many as needed; each owns the workloads that it lists.</summary>
public interface IWorkloadSource
{
    /// <summary>Stable name, kept beside every workload of this source, for example <c>toolhive</c>.</summary>
    string Name { get; }

    /// <summary>Lists the workloads. An exception means "could not look": nothing is changed then.</summary>
    Task<WorkloadListing> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>A token that fires when a new look is worth while, so that a change does not wait for the next poll; null when the source cannot tell.</summary>
    IChangeToken? Watch() => null;
}
