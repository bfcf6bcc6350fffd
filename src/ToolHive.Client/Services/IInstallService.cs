using ToolHive.Client.Models;
using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Services;

/// <summary>Running servers from the registry: what is needed, doing it, and waiting until it answers.</summary>
public interface IInstallService
{
    /// <summary>Says what running an entry would need and do, without doing it.</summary>
    /// <returns>The plan; null when the registry has no such entry.</returns>
    Task<RunPlan?> PlanAsync(RunServerRequest request, CancellationToken cancellationToken = default);

    /// <summary>Creates and starts a workload, unless something is missing or the server runs already. Cancelling leaves a created workload in place.</summary>
    /// <returns>The outcome; null when the registry has no such entry.</returns>
    Task<RunOutcome?> RunAsync(RunServerRequest request, CancellationToken cancellationToken = default);

    /// <summary>Looks often, but only at this one workload, until it runs, has failed for good, or the time is over.</summary>
    /// <param name="workloadName">Name of the workload.</param>
    /// <param name="timeout">How long to look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The workload as it is then; null when it does not exist.</returns>
    Task<ToolHiveWorkload?> WaitUntilRunningAsync(string workloadName, TimeSpan timeout, CancellationToken cancellationToken = default);
}
