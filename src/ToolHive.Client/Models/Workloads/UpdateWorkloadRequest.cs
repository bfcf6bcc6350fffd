namespace ToolHive.Client.Models.Workloads;

/// <summary>Body of "change a workload", which restarts it. Members that are left out go back to ToolHive's defaults.</summary>
public sealed record UpdateWorkloadRequest : WorkloadSettings
{
}
