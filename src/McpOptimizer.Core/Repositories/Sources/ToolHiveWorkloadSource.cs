using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using Microsoft.Extensions.Primitives;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Services;
using WorkloadListing = McpOptimizer.Core.Models.Sources.WorkloadListing;

namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>The workloads of ToolHive, from its API or from Kubernetes, whichever directory is registered.</summary>
internal sealed class ToolHiveWorkloadSource(IWorkloadDirectory directory) : IWorkloadSource, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private CancellationTokenSource _changed = new();
    private Task? _watching;

    public string Name => "toolhive";

    public async Task<WorkloadListing> ListAsync(CancellationToken cancellationToken = default)
    {
        WorkloadSnapshot snapshot = await directory.ListAsync(cancellationToken).ConfigureAwait(false);
        return new WorkloadListing
        {
            Workloads = [.. snapshot.Workloads.Select(Describe)],

            // A problem without a name may concern any workload: nothing may be taken for gone then.
            IsComplete = snapshot.IsComplete && snapshot.Problems.All(problem => problem.Name is not null),
            UnreadableNames = [.. snapshot.Problems.Select(problem => problem.Name).OfType<string>()],
            Problems =
            [
                .. snapshot.Problems.Select(problem => problem.Name is null ? problem.Reason : $"{problem.Name}: {problem.Reason}"),
                .. snapshot.Workloads.Where(workload => workload.IsRunning && !IsReachable(workload)).Select(workload => $"{workload.Key}: it runs, but {NoAddress(workload)}."),
            ],
        };
    }

    private static bool IsReachable(ToolHiveWorkload workload) => workload.Url is not null && Uri.TryCreate(workload.Url, UriKind.Absolute, out _);

    private static string NoAddress(ToolHiveWorkload workload) =>
        string.IsNullOrWhiteSpace(workload.Url) ? "it names no address at which it can be reached" : $"its address '{ShownAddress.Of(workload.Url)}' is none";

    public IChangeToken? Watch()
    {
        lock (_gate)
        {
            _watching ??= Task.Run(() => WatchAsync(_stop.Token));
            return new CancellationChangeToken(_changed.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_watching is not null)
        {
            await _watching.ConfigureAwait(false);
        }

        _stop.Dispose();
        _changed.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            bool first = true;
            await foreach (WorkloadSnapshot _ in directory.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                // The first is what a listing shows anyway.
                if (!first)
                {
                    Signal();
                }

                first = false;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private void Signal()
    {
        CancellationTokenSource fired;
        lock (_gate)
        {
            fired = _changed;
            _changed = new CancellationTokenSource();
        }

        fired.Cancel();
        fired.Dispose();
    }

    private static WorkloadDescriptor Describe(ToolHiveWorkload workload) => new()
    {
        Name = workload.Key,
        Endpoint = workload.Url is not null && Uri.TryCreate(workload.Url, UriKind.Absolute, out Uri? url)
            ? new BackendEndpoint { ServerName = workload.Key, Url = url, Transport = TransportOf(workload.Transport), Headers = workload.Headers }
            : null,
        Identifier = workload.Identifier,
        Problem = workload.IdentifierProblem,
        Remote = workload.IsRemote,
        Status = workload.IsRunning ? ServerStatus.Running : ServerStatus.Stopped,
        StatusReason = workload.IsRunning ? null : workload.StatusContext ?? workload.Status.ToString(),
        Group = workload.Group,
        VirtualMcp = workload.IsVirtual,
    };

    private static TransportKind TransportOf(McpTransport transport) =>
        transport == McpTransport.Sse ? TransportKind.Sse : transport == McpTransport.StreamableHttp ? TransportKind.StreamableHttp : TransportKind.Unknown;
}
