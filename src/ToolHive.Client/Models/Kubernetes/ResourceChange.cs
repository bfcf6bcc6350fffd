namespace ToolHive.Client.Models.Kubernetes;

/// <summary>One event of a watch.</summary>
/// <param name="ResourceVersion">Where a watch goes on from after it.</param>
/// <param name="Key">Key of the workload; null for a mere bookmark.</param>
/// <param name="Workload">The workload as it is now; null when it was deleted, or cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record ResourceChange(string? ResourceVersion, string? Key, ToolHiveWorkload? Workload, string? Problem);
