using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>Running and stopped instances.</summary>
internal interface IWorkloadServerRepository
{
    Task<IReadOnlyList<WorkloadServer>> ListAsync(CancellationToken cancellationToken = default);

    Task<long> CountAsync(CancellationToken cancellationToken = default);

    Task UpsertAsync(WorkloadServer server, CancellationToken cancellationToken = default);

    /// <summary>Deletes the row and, by cascade, its tools.</summary>
    Task DeleteAsync(string id, CancellationToken cancellationToken = default);
}
