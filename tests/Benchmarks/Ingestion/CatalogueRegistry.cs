using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;

namespace Benchmarks.Ingestion;

/// <summary>A registry entry for each server but the last, which a re-match can then find.</summary>
internal sealed class CatalogueRegistry(int servers) : IRegistrySource
{
    public string Name => "catalogue-registry";

    public bool IncludesLast { get; set; }

    public Task<RegistryListing> ListAsync(CancellationToken cancellationToken = default) => Task.FromResult(new RegistryListing
    {
        Entries = [.. Enumerable.Range(0, IncludesLast ? servers : servers - 1).Select(server => new RegistryEntry
        {
            Name = $"com.example/server-{server}",
            Package = CatalogueSource.ImageOf(server),
            Description = $"Server {server} of the catalogue.",
        })],
        IsComplete = true,
    });
}
