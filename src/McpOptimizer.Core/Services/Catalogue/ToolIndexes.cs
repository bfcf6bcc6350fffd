using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Index;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Catalogue;

/// <summary>The indexes: tools of workloads, visible and withheld, and tools that the registry names.</summary>
internal sealed class ToolIndexes(IOptions<McpOptimizerOptions> options, OfferingIndexes offerings)
{
    /// <summary>Tools of running and stopped workloads.</summary>
    public ToolIndexHolder Workloads { get; } = new(options.Value.Search);

    /// <summary>Tools of registry entries, by name only.</summary>
    public ToolIndexHolder Registry { get; } = new(options.Value.Search);

    /// <summary>Withheld tools, in an index of their own so that the same rules say who may know of them. Holds every server: some hide others.</summary>
    public ToolIndexHolder Withheld { get; } = new(options.Value.Search);

    public void ApplyToWorkloads(IndexChange change)
    {
        ApplyToOthers(change);
        Workloads.Apply(change);
    }

    /// <summary>Adds a portion of a load to a batch of <see cref="Workloads"/>; the other indexes, which take little, show it at once.</summary>
    public void AddToWorkloads(SegmentBatch batch, IndexChange portion)
    {
        ApplyToOthers(portion);
        batch.Add(portion.Upserted);
    }

    public void ApplyToRegistry(IndexChange change) => Registry.Apply(change);

    private void ApplyToOthers(IndexChange change)
    {
        Withheld.Apply(change with { Upserted = [.. change.Upserted.Select(server => server with { Tools = server.Withheld, Withheld = [] })] });
        offerings.Follow(change);
    }
}
