using System.Diagnostics;
using Coder.Client.Models;
using Coder.Client.Repositories;
using Microsoft.Extensions.Options;

namespace Coder.Client.Services;

internal sealed class AgentService(
    AgentRepository agents,
    TaskRepository tasks,
    IProjectService projects,
    MetadataService metadata,
    AgentFinder finder,
    OperationAudit audit,
    IOptions<FleetOptions> options)
    : IAgentService
{
    public async Task<IReadOnlyList<AgentDetails>> ListAsync(AgentListQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        using Activity? activity = FleetMetrics.Source.StartActivity("list_agents");
        MetadataFilter? filter = string.IsNullOrWhiteSpace(query.Metadata) ? null : MetadataFilter.Parse(query.Metadata);
        string owner = OwnerRules.Resolve(query.Owner, options.Value.Owner, allowAll: true);
        IReadOnlyList<Agent> all = await agents.ListAsync(owner, cancellationToken).ConfigureAwait(false);
        Agent[] chosen =
        [
            .. all.Where(agent => query.Status is null || agent.Status == query.Status)
                .Where(
                    agent => query.Organization is null || agent.Organization.Equals(query.Organization.Trim(), StringComparison.OrdinalIgnoreCase))
                .Where(agent => query.Project is null || agent.Project.Equals(query.Project.Trim(), StringComparison.OrdinalIgnoreCase)),
        ];
        activity?.SetTag("agents", chosen.Length);
        if (!query.IncludeMetadata && filter is null)
        {
            return [.. chosen.Select(agent => new AgentDetails(agent, null))];
        }

        IReadOnlyDictionary<Guid, AgentMetadata> read = await metadata.ReadAsync(chosen, cancellationToken).ConfigureAwait(false);
        return
        [
            .. chosen.Select(agent => new AgentDetails(agent, read[agent.WorkspaceId])).Where(details => filter is null || filter.Matches(details.Metadata)),
        ];
    }

    public async Task<AgentDetails> GetAsync(string name, string? owner = null, CancellationToken cancellationToken = default)
    {
        Agent agent = await finder.GetAsync(name, owner, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<Guid, AgentMetadata> read = await metadata.ReadAsync([agent], cancellationToken).ConfigureAwait(false);
        return new AgentDetails(agent, read[agent.WorkspaceId]);
    }

    public Task<Agent> CreateAsync(NewAgent agent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(agent);
        NameRules.Check(agent.Name, "name");
        NewAgent clean = agent with { Task = TaskTextRules.Check(agent.Task, "task") };

        return audit.RunAsync("create_agent", agent.Name, () => CreateCheckedAsync(clean, cancellationToken));
    }

    private async Task<Agent> CreateCheckedAsync(NewAgent agent, CancellationToken cancellationToken)
    {
        string owner = finder.Owner(null);
        Project project = await projects.GetAsync(agent.Project, agent.Organization, cancellationToken).ConfigureAwait(false);
        Role? role = await ChooseRoleAsync(project, agent.Role, cancellationToken).ConfigureAwait(false);
        if (await agents.FindAsync(owner, agent.Name, cancellationToken).ConfigureAwait(false) is { } existing)
        {
            throw Faults.NameInUse(existing.Name);
        }

        try
        {
            return await tasks.CreateAsync(owner, project, role, agent, cancellationToken).ConfigureAwait(false)
                ?? throw Faults.Invalid(
                    "project",
                    agent.Project,
                    $"Project '{project.Name}' takes no first task on this server: its template has no AI-prompt parameter, and Coder offers no tasks for it.");
        }
        catch (CoderConflictException)
        {
            // Somebody took the name between the look and the call.
            throw Faults.NameInUse(agent.Name);
        }
    }

    private async Task<Role?> ChooseRoleAsync(Project project, string? wanted, CancellationToken cancellationToken)
    {
        IReadOnlyList<Role> roles = await projects.ListRolesAsync(project, cancellationToken).ConfigureAwait(false);
        if (roles.Count == 0 && (options.Value.RequireRole || !string.IsNullOrWhiteSpace(wanted)))
        {
            throw Faults.Invalid(
                "role", wanted, $"Project '{project.Name}' has no roles, and an agent needs one: add a preset to its template's active version.");
        }

        if (string.IsNullOrWhiteSpace(wanted))
        {
            return roles.FirstOrDefault(role => role.IsDefault) ?? (roles.Count > 0 ? roles[0] : null);
        }

        return roles.FirstOrDefault(role => role.Name.Equals(wanted.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw Faults.NotFound("role", wanted, $"Role '{wanted}' not found in project '{project.Name}'.", roles.Select(role => role.Name));
    }
}
