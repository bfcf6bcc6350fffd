using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;
using Microsoft.Extensions.Primitives;

namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>A source whose listing a test sets.</summary>
public sealed class FakeWorkloadSource(string name = "fake") : IWorkloadSource, IDisposable
{
    public string Name => name;

    public List<WorkloadDescriptor> Workloads { get; } = [];

    public List<string> UnreadableNames { get; } = [];

    public bool IsComplete { get; set; } = true;

    public Exception? Failure { get; set; }

    /// <summary>Listings wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>How many listings began.</summary>
    public int Listings => _listings;

    private CancellationTokenSource? _changed;
    private int _listings;

    /// <summary>From now on changes are told of; by <see cref="Tell"/>.</summary>
    public void TellChanges() => _changed = new CancellationTokenSource();

    /// <summary>Tells that something changed.</summary>
    public void Tell() => Interlocked.Exchange(ref _changed, new CancellationTokenSource())!.Cancel();

    public IChangeToken? Watch() => _changed is null ? null : new CancellationChangeToken(_changed.Token);

    public FakeWorkloadSource Add(string workload, string? identifier = null, bool remote = false, ServerStatus status = ServerStatus.Running, string? group = null, bool virtualMcp = false)
    {
        Workloads.RemoveAll(existing => existing.Name == workload);
        Workloads.Add(new WorkloadDescriptor
        {
            Name = workload,
            Endpoint = new BackendEndpoint { ServerName = workload, Transport = TransportKind.StreamableHttp, Url = new Uri($"http://127.0.0.1:1/{workload}/mcp") },
            Identifier = identifier ?? $"image/{workload}:1",
            Remote = remote,
            Status = status,
            Group = group,
            VirtualMcp = virtualMcp,
        });
        return this;
    }

    /// <summary>Edits where a workload is reached.</summary>
    public void Move(string workload, Uri url)
    {
        int at = Workloads.FindIndex(existing => existing.Name == workload);
        Workloads[at] = Workloads[at] with { Endpoint = new BackendEndpoint { ServerName = workload, Transport = TransportKind.StreamableHttp, Url = url } };
    }

    /// <summary>Edits which tools a workload offers.</summary>
    public void Restrict(string workload, ToolRestriction tools)
    {
        int at = Workloads.FindIndex(existing => existing.Name == workload);
        BackendEndpoint endpoint = Workloads[at].Endpoint!;
        Workloads[at] = Workloads[at] with { Endpoint = new BackendEndpoint { ServerName = workload, Transport = endpoint.Transport, Url = endpoint.Url, Tools = tools } };
    }

    public void Dispose() => _changed?.Dispose();

    public async Task<WorkloadListing> ListAsync(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _listings);
        WorkloadListing listing = new() { Workloads = [.. Workloads], IsComplete = IsComplete, UnreadableNames = [.. UnreadableNames] };
        await Gate.WaitAsync(cancellationToken);
        return Failure is null ? listing : throw Failure;
    }
}
