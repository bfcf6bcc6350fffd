using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class CreateAgentTool(IAgentService agents, IAgentLifecycleService lifecycle)
{
    [McpServerTool(
        Name =
            "create_agent", Title =
                "Create an agent", ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = true, UseStructuredContent = true)]
    [Description(
        "Creates an agent: a workspace of a project in a role, which starts on a first task. "
        + "Returns when the build is accepted, or waits until the agent is idle.")]
    public async Task<CreateAgentResult> CreateAgentAsync(
        [Description("Name: 1 to 32 letters, digits and single hyphens, not at the ends; unique without regard to case.")]
        [StringLength(32, MinimumLength = 1)]
        [RegularExpression("^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$")]
        string name,
        [Description("Name of the project; list_agent_projects names them."), StringLength(200, MinimumLength = 1)] string project,
        [Description("What the agent is to do first."), StringLength(100_000, MinimumLength = 1)] string task,
        [Description("Name of the role; null is the project's default role.")] string? role = null,
        [Description("Seconds to wait until the agent is idle, with progress; 0 returns at once."), Range(0, 3600)] int wait_seconds = 0,
        [Description("Organization of the project, where the name of the project does not say it alone.")] string? organization = null,
        IProgress<ProgressNotificationValue>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Agent agent = await agents.CreateAsync(
            new NewAgent { Name = name, Project = project, Organization = organization, Task = task, Role = role }, cancellationToken).ConfigureAwait(false);
        WaitOutcome? wait = await Waiting.ForIdleAsync(lifecycle, agent.Name, wait_seconds, progress, cancellationToken).ConfigureAwait(false);
        return new CreateAgentResult { Agent = Views.Agent(wait?.Agent ?? agent), Message = $"Agent '{name}' created successfully", Wait = Views.Wait(wait) };
    }
}
