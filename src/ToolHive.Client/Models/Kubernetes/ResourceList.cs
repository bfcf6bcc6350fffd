namespace ToolHive.Client.Models.Kubernetes;

/// <summary>All workloads of one kind in one scope, all pages.</summary>
/// <param name="Workloads">The workloads.</param>
/// <param name="Problems">Resources that could not be read, one sentence each.</param>
/// <param name="ResourceVersion">Where a watch goes on from.</param>
/// <param name="IsKnown">False when the cluster does not know the kind.</param>
internal sealed record ResourceList(IReadOnlyList<ToolHiveWorkload> Workloads, IReadOnlyList<string> Problems, string? ResourceVersion, bool IsKnown);
