using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Services.Ingestion.Plan;

/// <summary>Everything that is to be written and published for one registry entry.</summary>
/// <param name="Server">The row.</param>
/// <param name="Existing">The row as it was; null for a new entry.</param>
/// <param name="Tools">Its tools, all of them.</param>
/// <param name="DeletedToolIds">Those that it names no more.</param>
internal sealed record EntryPlan(RegistryServer Server, RegistryServer? Existing, IReadOnlyList<StoredTool> Tools, IReadOnlyList<string> DeletedToolIds);
