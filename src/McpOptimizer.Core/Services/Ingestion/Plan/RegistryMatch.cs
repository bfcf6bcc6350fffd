using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Services.Ingestion.Plan;

/// <summary>Outcome of a match.</summary>
/// <param name="Entry">The one entry that fits; null for none or several.</param>
/// <param name="Ambiguous">Names of the entries when several fit; such a workload is rejected.</param>
internal readonly record struct RegistryMatch(RegistryServer? Entry, IReadOnlyList<string> Ambiguous)
{
    private const string Several = "several registry entries have the address";

    /// <summary>Why the workload is rejected, in a sentence; null when it is not.</summary>
    public string? Rejection(string server, string address) =>
        Ambiguous.Count == 0 ? null : $"{server}: {Several} {address}: {string.Join(", ", Ambiguous)}. Keep one of them.";

    /// <summary>Whether a stored workload was rejected: then each look matches it again, until registry or workload have changed.</summary>
    public static bool WasRejected(WorkloadServer server) =>
        server is { Status: ServerStatus.Error, RegistryServerId: null, StatusReason: { } reason } && reason.StartsWith($"{server.Name}: {Several} ", StringComparison.Ordinal);
}
