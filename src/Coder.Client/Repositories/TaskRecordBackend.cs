using Coder.Client.Clients.Wire;
using Coder.Client.Models;

namespace Coder.Client.Repositories;

/// <summary>Coder's tasks: on 2.27 every AI workspace is one, with the workspace's id; from 2.28 on only what was created as a task.</summary>
internal sealed class TaskRecordBackend(ICoderClient coder) : ITaskBackend
{
    public bool CanCreate(Project project, CoderVersion version) => version >= CoderVersion.TaskRecords && project.IsTaskTemplate;

    public async Task<Workspace> CreateAsync(string owner, Project project, Role? role, NewAgent agent, CancellationToken cancellationToken = default)
    {
        CreateTaskRequest request = new()
        {
            Name = agent.Name,
            TemplateVersionId = project.ActiveVersionId,
            TemplateVersionPresetId = role?.Id,
            Input = agent.Task,
        };
        CoderTask task = await coder.Tasks.CreateAsync(owner, request, cancellationToken).ConfigureAwait(false);
        Guid workspaceId = task.WorkspaceId ?? throw new CoderApiException($"Coder created task {task.Id} without naming its workspace.");
        return await coder.Workspaces.GetAsync(workspaceId, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    public bool Serves(Agent agent, CoderVersion version) => TaskIdOf(agent, version) is not null;

    public Task SendAsync(Agent agent, string text, CoderVersion version, CancellationToken cancellationToken = default) =>
        coder.Tasks.SendInputAsync(agent.Owner, TaskIdOf(agent, version)!.Value, text, cancellationToken);

    public async Task<IReadOnlyList<LogEntry>> ReadLogAsync(Agent agent, CoderVersion version, CancellationToken cancellationToken = default)
    {
        try
        {
            CoderTaskLogs logs = await coder.Tasks.GetLogsAsync(agent.Owner, TaskIdOf(agent, version)!.Value, cancellationToken).ConfigureAwait(false);
            return
            [
                .. logs.Logs.Select(entry => new LogEntry
                {
                    Id = entry.Id,
                    Type = entry.Type ?? "output",
                    Content = entry.Content ?? "",
                    Time = entry.Time?.ToUniversalTime(),
                }),
            ];
        }
        catch (CoderApiException e) when (e is CoderValidationException or CoderNotFoundException { IsUnknownRoute: false })
        {
            // The task does not run yet or any more: Coder keeps no conversation for it.
            return [];
        }
    }

    private static Guid? TaskIdOf(Agent agent, CoderVersion version)
    {
        if (version >= CoderVersion.TaskRecords)
        {
            return agent.TaskId;
        }

        return version >= CoderVersion.TaskRoutes && agent.IsTask ? agent.WorkspaceId : null;
    }
}
