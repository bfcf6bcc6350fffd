using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using ToolHive.Client.Clients.Discovery;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Repositories;

/// <summary>Workloads as ToolHive keeps them, mapped to the domain.</summary>
internal sealed class WorkloadRepository(
    IToolHiveClient client, EndpointProvider endpoints, IOptions<ToolHiveClientOptions> options, TimeProvider clock)
{
    // For all details of one listing together: one that hangs must not hold the listing back.
    private static readonly TimeSpan DetailTime = TimeSpan.FromSeconds(2);

    // A remote server's address cannot change while its workload is neither created nor started anew.
    private readonly ConcurrentDictionary<string, (DateTimeOffset? Created, DateTimeOffset? Started, string Url)> _remoteUrls = new(StringComparer.Ordinal);

    // Asked last, so that those behind them get their turn.
    private readonly ConcurrentDictionary<string, byte> _failed = new(StringComparer.Ordinal);

    /// <summary>Lists all workloads, stopped ones too, with the addresses of remote servers looked up.</summary>
    public async Task<WorkloadSnapshot> ListAsync(CancellationToken cancellationToken = default)
    {
        WorkloadListing listing = await client.Workloads.ListAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        Uri? address = options.Value.RewriteLoopbackHosts ? endpoints.Current?.BaseAddress : null;
        ToolHiveWorkload[] workloads = [.. listing.Items.Select(item => WorkloadMapper.Map(item, address)).OrderBy(
            workload => workload.Key, StringComparer.Ordinal)];
        ParallelOptions limits = new() { MaxDegreeOfParallelism = options.Value.DetailParallelism, CancellationToken = cancellationToken };
        int[] remotes =
            [.. Enumerable.Range(0, workloads.Length).Where(index => workloads[index].IsRemote).OrderBy(index => _failed.ContainsKey(workloads[index].Name))];
        using CancellationTokenSource deadline = new(DetailTime, clock);
        await Parallel.ForEachAsync(
            remotes,
            limits,
            async (index, token) => workloads[index] = await WithRemoteUrlAsync(workloads[index], deadline.Token, token).ConfigureAwait(false)).ConfigureAwait(false);
        if (listing.IsComplete)
        {
            Forget(workloads);
        }

        return new WorkloadSnapshot { Workloads = workloads, Problems = listing.Problems, IsComplete = listing.IsComplete, ObservedAt = clock.GetUtcNow() };
    }

    /// <summary>How a workload was created; null when there is none of that name.</summary>
    public Task<WorkloadDetail?> FindAsync(string name, CancellationToken cancellationToken = default) =>
        OrNullAsync<WorkloadDetail?>(async () => await client.Workloads.GetAsync(name, cancellationToken).ConfigureAwait(false));

    /// <summary>What a workload is doing; null when there is none of that name.</summary>
    public Task<WorkloadStatus?> FindStatusAsync(string name, CancellationToken cancellationToken = default) =>
        OrNullAsync<WorkloadStatus?>(async () => await client.Workloads.GetStatusAsync(name, cancellationToken).ConfigureAwait(false));

    public Task<WorkloadCreated> CreateAsync(CreateWorkloadRequest request, CancellationToken cancellationToken = default) =>
        client.Workloads.CreateAsync(request, cancellationToken);

    public Task StopAsync(string name, CancellationToken cancellationToken = default) => client.Workloads.StopAsync(name, cancellationToken);

    public Task RestartAsync(string name, CancellationToken cancellationToken = default) => client.Workloads.RestartAsync(name, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) => client.Workloads.DeleteAsync(name, cancellationToken);

    public IAsyncEnumerable<string> ReadLogsAsync(string name, bool ofProxy, CancellationToken cancellationToken = default) =>
        ofProxy ? client.Workloads.ReadProxyLogsAsync(name, cancellationToken) : client.Workloads.ReadLogsAsync(name, cancellationToken);

    private async Task<ToolHiveWorkload> WithRemoteUrlAsync(ToolHiveWorkload workload, CancellationToken deadline, CancellationToken cancellationToken)
    {
        if (_remoteUrls.TryGetValue(workload.Name, out var known) && known.Created == workload.CreatedAt && known.Started == workload.StartedAt)
        {
            return workload with { Identifier = known.Url };
        }

        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
        try
        {
            WorkloadDetail detail = await client.Workloads.GetAsync(workload.Name, either.Token).ConfigureAwait(false);
            if (string.IsNullOrWhiteSpace(detail.Url))
            {
                return Unknown(workload, "its details name no address");
            }

            _failed.TryRemove(workload.Name, out _);
            _remoteUrls[workload.Name] = (workload.CreatedAt, workload.StartedAt, detail.Url);
            return workload with { Identifier = detail.Url };
        }
        catch (HttpRequestException e)
        {
            return Unknown(workload, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unknown(workload, $"its details did not come within {DetailTime.TotalSeconds:0} s");
        }
    }

    private ToolHiveWorkload Unknown(ToolHiveWorkload workload, string problem)
    {
        _failed[workload.Name] = 0;
        return workload with { IdentifierProblem = problem };
    }

    private void Forget(ToolHiveWorkload[] present)
    {
        HashSet<string> names = [.. present.Select(workload => workload.Name)];
        foreach (string gone in _remoteUrls.Keys.Where(name => !names.Contains(name)))
        {
            _remoteUrls.TryRemove(gone, out _);
        }

        foreach (string gone in _failed.Keys.Where(name => !names.Contains(name)))
        {
            _failed.TryRemove(gone, out _);
        }
    }

    private static async Task<T?> OrNullAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (ToolHiveApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return default;
        }
    }
}
