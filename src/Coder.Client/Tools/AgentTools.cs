using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;

namespace Coder.Client.Tools;

/// <summary>The tools that look at agents and make them.</summary>
internal static class AgentTools
{
    public static IEnumerable<AnsweringTool> Create(IAgentService agents, IAgentLifecycleService lifecycle)
    {
        yield return new ValueTool<AgentListResult>
        {
            Name = "list_agents",
            Title = "List agents",
            Description = "Lists the agents of the fleet with status and its reason, project, role, last task and metadata, dormant ones included. "
                + "Only the caller's own agents unless an owner is given.",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
            Parameters =
            [
                new(
                    "status_filter",
                    ToolParameterKind.Text,
                    "Only agents with this status: pending, starting, idle, busy, stopping, stopped, failed, canceling, canceled, deleting or deleted."),
                new("project_filter", ToolParameterKind.Text, "Only agents of this project, without regard to case."),
                new(
                    "metadata_filter",
                    ToolParameterKind.Text,
                    "Only online agents with this metadata: key=value, for example github_pr_number=819, or key for any value."),
                new("owner", ToolParameterKind.Text, "Whose agents: a user name, me, or * for all that can be seen; null is the configured owner."),
                new("include_metadata", ToolParameterKind.Flag, "Whether to ask each online agent for its metadata; false is faster.") { Default = true },
                new("organization_filter", ToolParameterKind.Text, "Only agents of this organization, without regard to case."),
            ],
            RunAsync = async (call, token) =>
            {
                string? status = call.OptionalText("status_filter");
                AgentListQuery query = new()
                {
                    Status = string.IsNullOrWhiteSpace(status) ? null : ArgumentRules.Status(status, "status_filter"),
                    Project = call.OptionalText("project_filter"),
                    Organization = call.OptionalText("organization_filter"),
                    Metadata = call.OptionalText("metadata_filter"),
                    Owner = call.OptionalText("owner"),
                    IncludeMetadata = call.Flag("include_metadata"),
                };
                return Views.List(await agents.ListAsync(query, token).ConfigureAwait(false));
            },
        };
        yield return new ValueTool<AgentResult>
        {
            Name = "show_agent",
            Title = "Show an agent",
            Description = "Shows one agent in full, with every metadata field of its workspace.",
            Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
            Parameters = [AgentParameters.AgentName, AgentParameters.Owner],
            RunAsync = async (call, token) =>
            {
                AgentDetails details = await agents.GetAsync(call.Text("agent_name"), call.OptionalText("owner"), token).ConfigureAwait(false);
                return new AgentResult { Agent = Views.Agent(details) };
            },
        };
        yield return new ValueTool<CreateAgentResult>
        {
            Name = "create_agent",
            Title = "Create an agent",
            Description = "Creates an agent: a workspace of a project in a role, which starts on a first task. "
                + "Returns when the build is accepted, or waits until the agent is idle.",
            Hints = new(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true),
            Parameters =
            [
                AgentParameters.AgentName with
                {
                    Name = "name",
                    Description = "Name: 1 to 32 letters, digits and single hyphens, not at the ends; unique without regard to case.",
                    Pattern = "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
                },
                AgentParameters.Project("Name of the project; list_agent_projects names them."),
                AgentParameters.Task("task", "What the agent is to do first."),
                new("role", ToolParameterKind.Text, "Name of the role; null is the project's default role."),
                AgentParameters.WaitSeconds,
                AgentParameters.Organization,
            ],
            RunAsync = async (call, token) =>
            {
                string name = call.Text("name");
                TimeSpan limit = Waiting.Limit(call);
                NewAgent wanted = new()
                {
                    Name = name,
                    Project = call.Text("project"),
                    Organization = call.OptionalText("organization"),
                    Task = call.Text("task"),
                    Role = call.OptionalText("role"),
                };
                Agent agent = await agents.CreateAsync(wanted, token).ConfigureAwait(false);
                WaitOutcome? wait = await Waiting.ForIdleAsync(lifecycle, agent.Name, limit, call, token).ConfigureAwait(false);
                return new CreateAgentResult { Agent = Views.Agent(wait?.Agent ?? agent), Message = $"Agent '{name}' created successfully", Wait = Views.Wait(wait) };
            },
        };
    }
}
