using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;

namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>A source whose listing a test sets.</summary>
public sealed class FakeWorkloadSource(string name = "fake") : IWorkloadSource
{
    public string Name => name;

    public List<WorkloadDescriptor> Workloads { get; } = [];

    public List<string> UnreadableNames { get; } = [];

    public bool IsComplete { get; set; } = true;

    public Exception? Failure { get; set; }

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

    public Task<WorkloadListing> ListAsync(CancellationToken cancellationToken = default) => Failure is null
        ? Task.FromResult(new WorkloadListing { Workloads = [.. Workloads], IsComplete = IsComplete, UnreadableNames = [.. UnreadableNames] })
        : Task.FromException<WorkloadListing>(Failure);
}
