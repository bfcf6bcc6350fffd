using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Repositories.Backends;

/// <summary>Sessions with backend servers.</summary>
internal interface IBackendRepository
{
    Task<IReadOnlyList<ToolDefinition>> ListToolsAsync(BackendEndpoint endpoint, CancellationToken cancellationToken = default);

    void Retain(IEnumerable<BackendEndpoint> endpoints);
}
