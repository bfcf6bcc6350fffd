using McpOptimizer.Core.Models.Sources;

namespace McpOptimizer.Core.Services.Ingestion.Look;

/// <summary>A workload as it is listed now.</summary>
/// <param name="Workload">What its source says.</param>
/// <param name="Source">The source's name.</param>
internal sealed record ListedWorkload(WorkloadDescriptor Workload, string Source);
