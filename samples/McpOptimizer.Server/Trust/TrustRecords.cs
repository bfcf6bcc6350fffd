using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Server.Trust;

/// <summary>Lines of the log, newest first.</summary>
internal sealed record TrustRecords(IReadOnlyList<TrustRecord> Records);
