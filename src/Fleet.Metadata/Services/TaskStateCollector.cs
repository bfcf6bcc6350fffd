using System.Globalization;
using Fleet.Metadata.Models;
using Fleet.Metadata.Repositories;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Services;

/// <summary>What the agent in the workspace is doing.</summary>
internal sealed class TaskStateCollector(TaskStateRepository states, IOptions<FleetMetadataOptions> options) : IMetadataCollector
{
    private static readonly string[] StatusWords = ["idle", "running", "completed", "failed"];

    public string Name => "task";

    public TimeSpan Deadline => options.Value.Deadline;

    public Task CollectAsync(MetadataSink sink, CancellationToken cancellationToken = default)
    {
        WorkspaceTaskState state = states.Read() ?? new WorkspaceTaskState { Status = WorkspaceTaskStatus.Idle };
        if (!Enum.IsDefined(state.Status))
        {
            sink.AddFault($"the task state file has the status {state.Status}, but must have one of {string.Join(", ", StatusWords)}");
            return Task.CompletedTask;
        }

        sink.SetChoice("workspace_task_status", StatusWords[(int)state.Status], StatusWords, "What the agent is doing", includeInList: true);
        sink.SetText("workspace_task_description", state.Description, "What the agent's task is about");
        sink.SetText("workspace_task_updated_at", state.UpdatedAt?.ToString("O", CultureInfo.InvariantCulture), "When the agent's task state was written");
        return Task.CompletedTask;
    }
}
