using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Kubernetes;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Repositories;
using ToolHive.Client.Telemetry;

namespace ToolHive.Client.Services;

/// <summary>Workloads of the ToolHive operator. Kinds are independent: one that cannot be listed leaves the others whole.</summary>
internal sealed class KubernetesWorkloadDirectory(
    KubernetesRepository resources,
    IOptions<ToolHiveKubernetesOptions> options,
    ToolHiveMetrics metrics,
    TimeProvider clock,
    ILogger<KubernetesWorkloadDirectory> logger) : IWorkloadDirectory
{
    private readonly ToolHiveKubernetesOptions _options = options.Value;

    public async Task<WorkloadSnapshot> ListAsync(CancellationToken cancellationToken = default)
    {
        using Activity? activity = ToolHiveActivities.Start("toolhive.list_resources");
        (ResourceKind Kind, string? Scope)[] parts = Parts();
        Task<(
            ResourceList? List, HttpRequestException? Failure)>[] listings = [.. parts.Select(part => TryListAsync(part.Kind, part.Scope, cancellationToken))];
        (ResourceList? List, HttpRequestException? Failure)[] results = await Task.WhenAll(listings).ConfigureAwait(false);
        if (Array.TrueForAll(results, result => result.Failure is not null))
        {
            throw results[0].Failure!;
        }

        List<WorkloadProblem> problems = [];
        foreach (((ResourceKind kind, _), (ResourceList? list, HttpRequestException? failure)) in parts.Zip(results))
        {
            if (failure is not null)
            {
                problems.Add(new WorkloadProblem { Reason = $"{kind.Kind}: {failure.Message}" });
            }

            problems.AddRange(list?.Problems.Select(reason => new WorkloadProblem { Reason = reason }) ?? []);
        }

        return Snapshot(results.SelectMany(result => result.List?.Workloads ?? []), problems, problems.Count == 0);
    }

    public async IAsyncEnumerable<WorkloadSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        KubernetesReflector[] reflectors = [.. Parts().Select(
            part => new KubernetesReflector(resources, part.Kind, part.Scope, _options, metrics, clock, logger))];
        Task[] runs = [.. reflectors.Select(reflector => reflector.RunAsync(() => changes.Writer.TryWrite(true), stop.Token))];
        try
        {
            WorkloadSnapshot? last = null;
            await foreach (bool _ in changes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                // Changes come in groups: a rollout touches a resource several times within moments.
                await Task.Delay(_options.ChangeDelay, clock, cancellationToken).ConfigureAwait(false);
                if (Array.TrueForAll(reflectors, reflector => reflector.HasTried) && Gather(reflectors) is var current && !current.IsSameAs(last))
                {
                    last = current;
                    yield return current;
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(runs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private (ResourceKind Kind, string? Scope)[] Parts() => [.. ResourceKind.Workloads.SelectMany(kind => _options.Scopes.Select(scope => (kind, scope)))];

    private async Task<(ResourceList? List, HttpRequestException? Failure)> TryListAsync(ResourceKind kind, string? scope, CancellationToken cancellationToken)
    {
        try
        {
            return (await resources.ListAsync(kind, scope, cancellationToken).ConfigureAwait(false), null);
        }
        catch (HttpRequestException e)
        {
            return (null, e);
        }
    }

    private WorkloadSnapshot Gather(KubernetesReflector[] reflectors)
    {
        (ToolHiveWorkload[] Workloads, WorkloadProblem[] Problems, bool IsComplete)[] parts = [.. reflectors.Select(reflector => reflector.Current)];
        return Snapshot(
            parts.SelectMany(part => part.Workloads), [.. parts.SelectMany(part => part.Problems)], Array.TrueForAll(parts, part => part.IsComplete));
    }

    private WorkloadSnapshot Snapshot(IEnumerable<ToolHiveWorkload> workloads, IReadOnlyList<WorkloadProblem> problems, bool isComplete) => new()
    {
        Workloads = [.. workloads.OrderBy(workload => workload.Key, StringComparer.Ordinal).ThenBy(workload => workload.Kind, StringComparer.Ordinal)],
        Problems = problems,
        IsComplete = isComplete,
        ObservedAt = clock.GetUtcNow(),
    };
}
