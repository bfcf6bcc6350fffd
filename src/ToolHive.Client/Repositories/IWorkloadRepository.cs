using ToolHive.Client.Models;
using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Repositories;

/// <summary>Workloads as ToolHive keeps them, mapped to the domain.</summary>
internal interface IWorkloadRepository
{
    /// <summary>Lists all workloads, stopped ones too, with the addresses of remote servers looked up.</summary>
    Task<WorkloadSnapshot> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>How a workload was created; null when there is none of that name.</summary>
    Task<WorkloadDetail?> FindAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>What a workload is doing; null when there is none of that name.</summary>
    Task<WorkloadStatus?> FindStatusAsync(string name, CancellationToken cancellationToken = default);

    Task<WorkloadCreated> CreateAsync(CreateWorkloadRequest request, CancellationToken cancellationToken = default);

    Task StopAsync(string name, CancellationToken cancellationToken = default);

    Task RestartAsync(string name, CancellationToken cancellationToken = default);

    Task DeleteAsync(string name, CancellationToken cancellationToken = default);

    IAsyncEnumerable<string> ReadLogsAsync(string name, bool ofProxy, CancellationToken cancellationToken = default);
}
