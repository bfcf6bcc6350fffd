using System.Net;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Repositories;

namespace ToolHive.Client.Services;

internal sealed class WorkloadService(WorkloadRepository workloads, TimeProvider clock) : IWorkloadService
{
    /// <summary>Lines that ToolHive keeps.</summary>
    public const int MaxLogLines = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task<WorkloadSnapshot> ListAsync(string? group = null, bool includeStopped = true, CancellationToken cancellationToken = default)
    {
        WorkloadSnapshot snapshot = await workloads.ListAsync(cancellationToken).ConfigureAwait(false);
        return snapshot with
        {
            Workloads = [.. snapshot.Workloads.Where(workload => (group is null || workload.Group == group) && (includeStopped || workload.IsRunning))],
        };
    }

    public async Task<(ToolHiveWorkload Workload, WorkloadDetail Detail)> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        WorkloadSnapshot snapshot = await workloads.ListAsync(cancellationToken).ConfigureAwait(false);
        ToolHiveWorkload workload = snapshot.Workloads.FirstOrDefault(candidate => candidate.Name == name) ?? throw NotFound(name, snapshot);
        WorkloadDetail? detail = await workloads.FindAsync(name, cancellationToken).ConfigureAwait(false);
        return (workload, detail ?? throw NotFound(name, snapshot));
    }

    public async Task<WorkloadStatus> StopAsync(string name, CancellationToken cancellationToken = default)
    {
        await ChangeAsync(name, workloads.StopAsync, cancellationToken).ConfigureAwait(false);
        return await SettleAsync(
            name, status => status is null || status == WorkloadStatus.Stopped || status == WorkloadStatus.Error, cancellationToken).ConfigureAwait(false)
            ?? WorkloadStatus.Unknown;
    }

    public async Task<WorkloadStatus> RestartAsync(string name, CancellationToken cancellationToken = default)
    {
        await ChangeAsync(name, workloads.RestartAsync, cancellationToken).ConfigureAwait(false);
        return await SettleAsync(
            name, status => status is null || status == WorkloadStatus.Running || status == WorkloadStatus.Error, cancellationToken).ConfigureAwait(false)
            ?? WorkloadStatus.Unknown;
    }

    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        await ChangeAsync(name, workloads.DeleteAsync, cancellationToken).ConfigureAwait(false);
        return await SettleAsync(name, static status => status is null, cancellationToken).ConfigureAwait(false) is null;
    }

    public async Task<IReadOnlyList<string>> GetLogsAsync(string name, int lines = 100, bool ofProxy = false, CancellationToken cancellationToken = default)
    {
        if (lines is < 1 or > MaxLogLines)
        {
            throw new ArgumentOutOfRangeException(nameof(lines), lines, $"A log is read by 1 to {MaxLogLines} lines.");
        }

        Queue<string> last = new(lines);
        await ChangeAsync(
            name,
            async (workload, token) =>
            {
                await foreach (string line in workloads.ReadLogsAsync(workload, ofProxy, token).ConfigureAwait(false))
                {
                    if (last.Count == lines)
                    {
                        last.Dequeue();
                    }

                    last.Enqueue(line);
                }
            },
            cancellationToken).ConfigureAwait(false);
        return [.. last];
    }

    private async Task ChangeAsync(string name, Func<string, CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        try
        {
            await change(name, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolHiveApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            throw NotFound(name, await workloads.ListAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task<WorkloadStatus?> SettleAsync(string name, Func<WorkloadStatus?, bool> isSettled, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        while (true)
        {
            WorkloadStatus? status = await workloads.FindStatusAsync(name, cancellationToken).ConfigureAwait(false);
            if (isSettled(status) || clock.GetElapsedTime(started) >= Patience)
            {
                return status;
            }

            await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static KeyNotFoundException NotFound(string name, WorkloadSnapshot present)
    {
        string? nearest = NearestName.Find(name, present.Workloads.Select(workload => workload.Name));
        return new KeyNotFoundException($"ToolHive has no workload '{name}'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")}");
    }
}
