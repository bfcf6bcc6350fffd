using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;

namespace Coder.Client.Tools;

/// <summary>The tools about the work of agents.</summary>
internal static class TaskTools
{
    public static IEnumerable<AnsweringTool> Create(ITaskService tasks, TimeProvider clock)
    {
        yield return new ValueTool<StartTaskResult>
        {
            Name = "start_agent_task",
            Title = "Give an agent a task",
            Description = "Gives an idle agent a task. Returns as soon as the agent has taken it.",
            Hints = new(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true),
            Parameters = [AgentParameters.AgentName, AgentParameters.Task("task_description", "What the agent is to do.")],
            RunAsync = async (call, token) =>
            {
                string name = call.Text("agent_name");
                string given = TaskTextRules.Check(call.Text("task_description"), "task_description");
                Agent agent = await tasks.StartAsync(name, given, token).ConfigureAwait(false);
                return new StartTaskResult
                {
                    AgentName = agent.Name,
                    TaskDescription = given,
                    Task = new TaskView { Message = given, CreatedAt = clock.GetUtcNow().UtcDateTime },
                    Message = $"Task assigned to agent '{name}' successfully",
                };
            },
        };
        yield return new ValueTool<CancelTaskResult>
        {
            Name = "cancel_agent_task",
            Title = "Cancel an agent's task",
            Description = "Interrupts the task of a busy agent and watches for up to five seconds whether it stops.",
            Hints = new(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
            Parameters = [AgentParameters.AgentName],
            RunAsync = async (call, token) =>
            {
                string name = call.Text("agent_name");
                CancelOutcome outcome = await tasks.CancelAsync(name, token).ConfigureAwait(false);
                return new CancelTaskResult
                {
                    AgentName = outcome.AgentName,
                    InterruptSent = outcome.Interrupts > 0,
                    Interrupts = outcome.Interrupts,
                    Status = outcome.Status.ToWord(),
                    Message = outcome.Status == AgentStatus.Idle
                        ? $"Task canceled for agent '{name}' successfully"
                        : $"Agent '{name}' was interrupted but still works; look again with show_agent",
                };
            },
        };
        yield return new ValueTool<HistoryResult>
        {
            Name = "show_agent_task_history",
            Title = "Show task history",
            Description = "Shows what an agent reported about its work, newest first, in pages.",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
            Parameters = [AgentParameters.AgentName, AgentParameters.Page, AgentParameters.PageSize("Reports on a page.", 20), AgentParameters.Owner],
            RunAsync = async (call, token) =>
                Views.History(await tasks.GetHistoryAsync(call.Text("agent_name"), PageOf(call), call.OptionalText("owner"), token).ConfigureAwait(false)),
        };
        yield return new ValueTool<LogResult>
        {
            Name = "show_agent_log",
            Title = "Show the log",
            Description = "Shows the conversation with an agent, newest first, in pages. By default only the newest entry; long entries are cut in the middle, with a marker.",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
            Parameters =
            [
                AgentParameters.AgentName,
                AgentParameters.Page,
                AgentParameters.PageSize("Entries on a page.", 1),
                new("after_id", ToolParameterKind.Integer, "Only entries with a higher id, to read on from an entry seen before."),
                new("max_characters", ToolParameterKind.Integer, "Characters before an entry is cut; null is the configured number.")
                {
                    Minimum = LogText.FewestCharacters,
                    Maximum = LogText.MostCharacters,
                },
                AgentParameters.Owner,
            ],
            RunAsync = async (call, token) =>
            {
                LogRequest request = new() { Page = PageOf(call), AfterId = call.OptionalLong("after_id"), MaxCharacters = call.OptionalInteger("max_characters") };
                return Views.Log(await tasks.GetLogAsync(call.Text("agent_name"), request, call.OptionalText("owner"), token).ConfigureAwait(false));
            },
        };
    }

    private static PageRequest PageOf(ToolCall call) => new(call.Integer("page"), call.Integer("page_size"));
}
