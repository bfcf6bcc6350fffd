using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Where ingestion publishes: the index of running workloads, and the index of the registry.</summary>
internal interface IToolIndexWriter
{
    void ApplyToWorkloads(IndexChange change);

    void ApplyToRegistry(IndexChange change);
}
