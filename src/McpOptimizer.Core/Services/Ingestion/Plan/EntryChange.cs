using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Services.Ingestion.Plan;

/// <summary>A registry entry that is other than stored; its texts are not embedded yet.</summary>
/// <param name="Server">The row that it makes.</param>
/// <param name="Existing">The row as it was; null for a new entry.</param>
/// <param name="Entry">What the registry says.</param>
internal sealed record EntryChange(RegistryServer Server, RegistryServer? Existing, RegistryEntry Entry);
