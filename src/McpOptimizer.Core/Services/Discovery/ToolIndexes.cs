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

    public void ApplyToWorkloads(IndexChange change)
    {
        Workloads.Apply(change);
        offerings.Follow(change);
    }

    public void ApplyToRegistry(IndexChange change) => Registry.Apply(change);
}
