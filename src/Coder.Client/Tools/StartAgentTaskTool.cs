using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class StartAgentTaskTool(ITaskService tasks, TimeProvider clock)
{
    [McpServerTool(
        Name =
            "start_agent_task", Title =
                "Give an agent a task", ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = true, UseStructuredContent = true)]
    [Description("Gives an idle agent a task. Returns as soon as the agent has taken it.")]
    public async Task<StartTaskResult> StartAgentTaskAsync(
        [Description("Name of the agent, without regard to case."), StringLength(32, MinimumLength = 1)] string agent_name,
        [Description("What the agent is to do."), StringLength(100_000, MinimumLength = 1)] string task_description,
        CancellationToken cancellationToken = default)
    {
        string given = Arguments.Task(task_description, nameof(task_description));
        Agent agent = await tasks.StartAsync(agent_name, given, cancellationToken).ConfigureAwait(false);
        return new StartTaskResult
        {
            AgentName = agent.Name,
            TaskDescription = given,
            Task = new TaskView { Message = given, CreatedAt = clock.GetUtcNow().UtcDateTime },
            Message = $"Task assigned to agent '{agent_name}' successfully",
        };
    }
}
