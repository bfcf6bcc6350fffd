using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;

namespace Benchmarks.Ingestion;

/// <summary>So many running servers, each an image of its own; one can be taken away.</summary>
internal sealed class CatalogueSource(int servers) : IWorkloadSource
{
    public string Name => "catalogue";

    public string? Missing { get; set; }

    public static string NameOf(int server) => $"server-{server}";

    public static string ImageOf(int server) => $"registry.example/server-{server}:1";

    public Task<WorkloadListing> ListAsync(CancellationToken cancellationToken = default) => Task.FromResult(new WorkloadListing
    {
        Workloads = [.. Enumerable.Range(0, servers).Where(server => NameOf(server) != Missing).Select(Describe)],
        IsComplete = true,
    });

    private static WorkloadDescriptor Describe(int server) => new()
    {
        Name = NameOf(server),
        Endpoint = new BackendEndpoint { ServerName = NameOf(server), Transport = TransportKind.StreamableHttp, Url = new Uri($"http://127.0.0.1:1/{server}") },
        Identifier = ImageOf(server),
        Status = ServerStatus.Running,
    };
}
