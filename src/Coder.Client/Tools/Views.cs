using System.Text.Json;
using Coder.Client.Models;
using Coder.Client.Tools.Results;

namespace Coder.Client.Tools;

/// <summary>Shapes models into results.</summary>
internal static class Views
{
    public static AgentListResult List(IReadOnlyList<AgentDetails> agents) => new() { Agents = [.. agents.Select(Row)], TotalCount = agents.Count };

    public static AgentView Agent(Agent agent) => Agent(new AgentDetails(agent, null));

    public static AgentView Agent(AgentDetails details)
    {
        (Agent agent, AgentMetadata? metadata) = details;
        return new AgentView
        {
            Name = agent.Name,
            Owner = agent.Owner,
            WorkspaceId = agent.WorkspaceId,
            Organization = agent.Organization,
            Status = agent.Status.ToWord(),
            StatusReason = agent.StatusReason,
            DormantAt = agent.DormantAt?.UtcDateTime,
            DeletingAt = agent.DeletingAt?.UtcDateTime,
            Role = agent.Role,
            Project = agent.Project,
            LastTask = agent.LastTask,
            CreatedAt = agent.CreatedAt.UtcDateTime,
            UpdatedAt = agent.UpdatedAt.UtcDateTime,
            Outdated = agent.Outdated,
            Metadata = metadata?.Fields?.ToDictionary(field => field.Key, field => Field(field.Value)),
            MetadataCount = metadata?.Fields?.Count ?? 0,
            MetadataError = metadata?.Error,
        };
    }

    public static ProjectListResult Projects(IReadOnlyList<Project> projects) => new()
    {
        Projects =
        [
            .. projects.Select(project => new ProjectView
            {
                Id = project.Id,
                Name = project.Name,
                Template = project.TemplateName,
                Organization = project.Organization,
                Description = project.Description,
                Deprecated = project.Deprecation,
            }),
        ],
        TotalCount = projects.Count,
    };

    public static RoleListResult Roles(string project, IReadOnlyList<Role> roles) => new()
    {
        Roles =
        [
            .. roles.Select(
                role => new RoleView { Id = role.Id, Name = role.Name, ProjectId = role.ProjectId, ProjectName = role.ProjectName, Default = role.IsDefault }),
        ],
        Project = project,
        ProjectName = project,
        TotalCount = roles.Count,
    };

    public static LifecycleResult Lifecycle(LifecycleOutcome outcome, WaitOutcome? wait, string message)
    {
        Agent agent = wait?.Agent ?? outcome.Agent;
        return new LifecycleResult
        {
            AgentName = agent.Name,
            WorkspaceId = agent.WorkspaceId,
            Status = agent.Status.ToWord(),
            Agent = Agent(agent),
            Actions = outcome.Actions,
            Message = message,
            Wait = Wait(wait),
        };
    }

    public static WaitView? Wait(WaitOutcome? wait) => wait is null
        ? null
        : new WaitView { Status = wait.Status.ToWord(), Reached = wait.Reached, ElapsedSeconds = Seconds(wait.Elapsed), Reason = wait.Reason };

    public static WaitResult Waited(WaitOutcome wait) => new()
    {
        AgentName = wait.AgentName,
        Status = wait.Status.ToWord(),
        Reached = wait.Reached,
        ElapsedSeconds = Seconds(wait.Elapsed),
        Reason = wait.Reason,
        Agent = wait.Agent is null ? null : Agent(wait.Agent),
    };

    public static HistoryResult History(Page<HistoryItem> page) => new()
    {
        AgentName = page.AgentName,
        Tasks =
        [
            .. page.Items.Select(item => new HistoryItemView
            {
                Message = item.Message,
                State = item.State,
                Uri = item.Uri,
                NeedsUserAttention = item.NeedsUserAttention,
                CreatedAt = item.CreatedAt.UtcDateTime,
            }),
        ],
        TotalCount = page.TotalCount,
        Page = page.Number,
        PageSize = page.Size,
        HasNextPage = page.HasNextPage,
        HasPreviousPage = page.HasPreviousPage,
    };

    public static LogResult Log(Page<LogEntry> page) => new()
    {
        AgentName = page.AgentName,
        Logs =
        [
            .. page.Items.Select(
                entry => new LogEntryView
                {
                    Id = entry.Id,
                    Type = entry.Type,
                    Content = entry.Content,
                    Time = entry.Time?.UtcDateTime,
                    Truncated = entry.Truncated,
                }),
        ],
        TotalCount = page.TotalCount,
        Page = page.Number,
        PageSize = page.Size,
        HasNextPage = page.HasNextPage,
        HasPreviousPage = page.HasPreviousPage,
    };

    private static AgentRow Row(AgentDetails details)
    {
        (Agent agent, AgentMetadata? metadata) = details;
        return new AgentRow
        {
            Name = agent.Name,
            Owner = agent.Owner,
            Organization = agent.Organization,
            Status = agent.Status.ToWord(),
            StatusReason = agent.StatusReason,
            DeletingAt = agent.DeletingAt?.UtcDateTime,
            Role = agent.Role,
            Project = agent.Project,
            LastTask = agent.LastTask,
            CreatedAt = agent.CreatedAt.UtcDateTime,
            Metadata = Listed(metadata),
            MetadataCount = metadata?.Fields?.Count ?? 0,
            MetadataError = metadata?.Error,
        };
    }

    // A field that could not be collected stays in, with null: its absence would look like a field that does not exist.
    private static Dictionary<string, JsonElement?>? Listed(AgentMetadata? metadata) =>
        metadata?.Fields?.Where(field => field.Value.Schema.IncludeInList).ToDictionary(field => field.Key, field => field.Value.Value);

    private static MetadataFieldView Field(MetadataField field) => new()
    {
        Value = field.Value,
        Error = field.Error,
        Schema = new MetadataSchemaView
        {
            Description = field.Schema.Description,
            IncludeInList = field.Schema.IncludeInList,
            Type = field.Schema.Type,
            Values = field.Schema.Values,
        },
    };

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
