using ToolHive.Client.Models;
using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Services;

/// <summary>Looking at and changing single workloads of ToolHive's API.</summary>
public interface IWorkloadService
{
    /// <summary>Lists workloads by name.</summary>
    /// <param name="group">Only this group; null for all.</param>
    /// <param name="includeStopped">True for those that do not run, too.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<WorkloadSnapshot> ListAsync(string? group = null, bool includeStopped = true, CancellationToken cancellationToken = default);

    /// <summary>One workload with how it was created.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message names the nearest.</exception>
    Task<(ToolHiveWorkload Workload, WorkloadDetail Detail)> GetAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Stops a workload and waits until it has stopped, for at most half a minute.</summary>
    /// <returns>What it is doing then.</returns>
    /// <exception cref="KeyNotFoundException">There is none; the message names the nearest.</exception>
    Task<WorkloadStatus> StopAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Starts a workload anew and waits until it runs, for at most half a minute.</summary>
    /// <returns>What it is doing then.</returns>
    /// <exception cref="KeyNotFoundException">There is none; the message names the nearest.</exception>
    Task<WorkloadStatus> RestartAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Removes a workload and waits until it is gone, for at most half a minute.</summary>
    /// <returns>True when it is gone; false when ToolHive is still at it.</returns>
    /// <exception cref="KeyNotFoundException">There is none; the message names the nearest.</exception>
    Task<bool> RemoveAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Last lines of a workload's log, oldest first.</summary>
    /// <param name="name">Name of the workload.</param>
    /// <param name="lines">At most so many, 1 to 1000.</param>
    /// <param name="ofProxy">True for the proxy's log instead of the server's.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="KeyNotFoundException">There is none; the message names the nearest.</exception>
    Task<IReadOnlyList<string>> GetLogsAsync(string name, int lines = 100, bool ofProxy = false, CancellationToken cancellationToken = default);
}
