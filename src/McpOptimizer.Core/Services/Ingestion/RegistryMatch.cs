using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Outcome of a match.</summary>
/// <param name="Entry">The one entry that fits; null for none or several.</param>
/// <param name="Ambiguous">Names of the entries when several fit; such a workload is rejected.</param>
internal readonly record struct RegistryMatch(RegistryServer? Entry, IReadOnlyList<string> Ambiguous);
