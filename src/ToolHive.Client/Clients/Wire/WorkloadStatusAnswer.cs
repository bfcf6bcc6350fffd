using ToolHive.Client.Models;

namespace ToolHive.Client.Clients.Wire;

/// <summary>A workload's status alone.</summary>
internal sealed record WorkloadStatusAnswer
{
    public WorkloadStatus Status { get; init; }
}
