using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Ingestion;
using McpOptimizer.Core.Services.Search;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>The two indexes: tools of workloads, and tools that the registry names.</summary>
internal sealed class ToolIndexes(IOptions<McpOptimizerOptions> options, OfferingIndexes offerings) : IToolIndexWriter
{
    /// <summary>Tools of running and stopped workloads.</summary>
    public ToolIndexHolder Workloads { get; } = new(options.Value.Search);

    /// <summary>Tools of registry entries, by name only.</summary>
    public ToolIndexHolder Registry { get; } = new(options.Value.Search);

    /// <summary>Withheld tools, in an index of their own so that the same rules say who may know of them. Holds every server: some hide others.</summary>
    public ToolIndexHolder Withheld { get; } = new(options.Value.Search);

    public void ApplyToWorkloads(IndexChange change)
    {
        Withheld.Apply(change with { Upserted = [.. change.Upserted.Select(server => server with { Tools = server.Withheld, Withheld = [] })] });
        Workloads.Apply(change);
        offerings.Follow(change);
    }

    public void ApplyToRegistry(IndexChange change) => Registry.Apply(change);
}
