using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Services;

/// <summary>Where workloads are listed: ToolHive's API, or the operator's resources in Kubernetes.</summary>
public interface IWorkloadDirectory
{
    /// <summary>Lists all workloads, stopped ones too.</summary>
    /// <exception cref="HttpRequestException">Nothing could be listed; what was known before still holds.</exception>
    Task<WorkloadSnapshot> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Yields the workloads at once and again after every change. Failures do not end it: it goes on, with a growing pause,
    /// and yields when there is news. It ends only when the caller stops.
    /// </summary>
    IAsyncEnumerable<WorkloadSnapshot> WatchAsync(CancellationToken cancellationToken = default);
}
