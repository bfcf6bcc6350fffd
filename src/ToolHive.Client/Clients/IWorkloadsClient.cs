using ToolHive.Client.Models;
using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Clients;

/// <summary>MCP servers that ToolHive runs or proxies. Stopping, restarting and deleting are accepted at once and happen in the background.</summary>
public interface IWorkloadsClient
{
    /// <summary>Lists workloads. Elements that cannot be read are reported beside the others instead of failing the list.</summary>
    /// <param name="query">What to list; null lists everything, stopped ones too.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<WorkloadListing> ListAsync(WorkloadQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>How a workload was created; for a remote one, <see cref="WorkloadSettings.Url"/> is the remote server's own address.</summary>
    Task<WorkloadDetail> GetAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Creates and starts a workload; answers once the image is there. Repeating it is refused with 409.</summary>
    Task<WorkloadCreated> CreateAsync(CreateWorkloadRequest request, CancellationToken cancellationToken = default);

    /// <summary>Changes a workload and restarts it.</summary>
    Task<WorkloadCreated> UpdateAsync(string name, UpdateWorkloadRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes a workload.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Stops a workload.</summary>
    Task StopAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Restarts, or starts, a workload.</summary>
    Task RestartAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Deletes several workloads.</summary>
    Task DeleteAsync(WorkloadSelection selection, CancellationToken cancellationToken = default);

    /// <summary>Stops several workloads.</summary>
    Task StopAsync(WorkloadSelection selection, CancellationToken cancellationToken = default);

    /// <summary>Restarts several workloads.</summary>
    Task RestartAsync(WorkloadSelection selection, CancellationToken cancellationToken = default);

    /// <summary>What a workload is doing.</summary>
    Task<WorkloadStatus> GetStatusAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Log lines of the server, oldest first; ToolHive keeps the last 1000.</summary>
    IAsyncEnumerable<string> ReadLogsAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Log lines of the proxy in front of it, oldest first; ToolHive keeps the last 1000.</summary>
    IAsyncEnumerable<string> ReadProxyLogsAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>A workload's complete run configuration.</summary>
    Task<RunConfig> ExportAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Whether the registry has something newer than a workload.</summary>
    Task<UpgradeCheck> CheckUpgradeAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The same for many workloads.</summary>
    Task<IReadOnlyList<UpgradeCheck>> CheckUpgradesAsync(WorkloadQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Upgrades a workload to what the registry has.</summary>
    Task<UpgradeCheck> UpgradeAsync(string name, UpgradeWorkloadRequest? request = null, CancellationToken cancellationToken = default);
}
