using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>Catalogue entries.</summary>
internal interface IRegistryServerRepository
{
    Task<IReadOnlyList<RegistryServer>> ListAsync(CancellationToken cancellationToken = default);

    Task UpsertAsync(RegistryServer server, CancellationToken cancellationToken = default);

    /// <summary>Deletes the entry and, by cascade, its tools; links of workloads become null.</summary>
    Task DeleteAsync(string id, CancellationToken cancellationToken = default);
}
