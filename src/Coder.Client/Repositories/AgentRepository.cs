using Coder.Client.Clients.Wire;
using Coder.Client.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coder.Client.Repositories;

/// <summary>Agents, as Coder's workspaces keep them.</summary>
internal sealed partial class AgentRepository(
    ICoderClient coder,
    WorkspacePages pages,
    WorkspaceMapper mapper,
    PresetCatalog presets,
    IOptions<FleetOptions> options,
    ILogger<AgentRepository> logger)
{
    private readonly FleetOptions _options = options.Value;

    /// <summary>All agents of an owner; <c>*</c> is every owner.</summary>
    public async Task<IReadOnlyList<Agent>> ListAsync(string owner, CancellationToken cancellationToken = default)
    {
        string? query = Query(owner);
        IReadOnlyList<Workspace> awake = await pages.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Workspace> dormant = await ReadDormantAsync(query, cancellationToken).ConfigureAwait(false);
        Workspace[] workspaces = [.. awake.Concat(dormant).DistinctBy(workspace => workspace.Id)];
        IEnumerable<Guid> versions = workspaces
            .Where(workspace => workspace.LatestBuild?.TemplateVersionPresetId is not null)
            .Select(workspace => workspace.LatestBuild!.TemplateVersionId)
            .Distinct();
        await presets.LoadAsync(versions, _options.Parallelism, cancellationToken).ConfigureAwait(false);

        List<Agent> agents = new(workspaces.Length);
        foreach (Workspace workspace in workspaces)
        {
            if (mapper.TryMap(workspace, presets.NameOf(workspace.LatestBuild), out Agent? agent, out string? fault))
            {
                agents.Add(agent);
            }
            else
            {
                Skipped(logger, workspace.Id, fault);
            }
        }

        return agents;
    }

    /// <summary>One agent by owner and name; null when there is none.</summary>
    public async Task<Agent?> FindAsync(string owner, string name, CancellationToken cancellationToken = default) =>
        await ReadAsync(owner, name, cancellationToken).ConfigureAwait(false) is { } workspace
            ? await MapAsync(workspace, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>One agent with its reports; null when there is none.</summary>
    public async Task<AgentHistory?> FindHistoryAsync(string owner, string name, CancellationToken cancellationToken = default)
    {
        if (await ReadAsync(owner, name, cancellationToken).ConfigureAwait(false) is not { } workspace)
        {
            return null;
        }

        Agent agent = await MapAsync(workspace, cancellationToken).ConfigureAwait(false);
        return new AgentHistory(agent, mapper.MapHistory(workspace));
    }

    /// <summary>Queues a build; a start can name a version, whose preset of the same role is then used.</summary>
    public async Task<AgentBuild> QueueBuildAsync(Agent agent, string transition, Guid? templateVersionId = null, CancellationToken cancellationToken = default)
    {
        CreateBuildRequest request = new()
        {
            Transition = transition,
            TemplateVersionId = templateVersionId,
            TemplateVersionPresetId = templateVersionId is { } version
                ? await presets.FindIdAsync(version, agent.Role, cancellationToken).ConfigureAwait(false)
                : null,
        };
        WorkspaceBuild build = await coder.Workspaces.CreateBuildAsync(agent.WorkspaceId, request, cancellationToken).ConfigureAwait(false);
        return WorkspaceMapper.MapBuild(build);
    }

    /// <summary>Ends the dormancy of an agent's workspace.</summary>
    public Task WakeAsync(Agent agent, CancellationToken cancellationToken = default) =>
        coder.Workspaces.SetDormantAsync(agent.WorkspaceId, dormant: false, cancellationToken);

    /// <summary>Reads a build; null when it is gone with its workspace.</summary>
    public async Task<AgentBuild?> FindBuildAsync(Guid buildId, CancellationToken cancellationToken = default)
    {
        try
        {
            return WorkspaceMapper.MapBuild(await coder.Builds.GetAsync(buildId, cancellationToken).ConfigureAwait(false));
        }
        catch (CoderApiException e) when (e is CoderNotFoundException or CoderGoneException)
        {
            return null;
        }
    }

    /// <summary>Asks for a build to be cancelled; false when Coder does not allow it.</summary>
    public async Task<bool> TryCancelBuildAsync(Guid buildId, CancellationToken cancellationToken = default)
    {
        try
        {
            await coder.Builds.CancelAsync(buildId, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (CoderApiException e) when (e is CoderValidationException or CoderForbiddenException or CoderNotFoundException or CoderConflictException)
        {
            return false;
        }
    }

    private string? Query(string owner)
    {
        string[] terms = [.. new[] { owner == "*" ? null : "owner:" + owner, _options.WorkspaceQuery }.OfType<string>().Where(term => term.Length > 0)];
        return terms.Length == 0 ? null : string.Join(' ', terms);
    }

    // Coder leaves dormant workspaces out of every listing that does not ask for them, and those are the ones with a date of deletion.
    private async Task<IReadOnlyList<Workspace>> ReadDormantAsync(string? query, CancellationToken cancellationToken)
    {
        if (query?.Contains("dormant:", StringComparison.OrdinalIgnoreCase) == true)
        {
            return [];
        }

        try
        {
            return await pages.ReadAsync(query is null ? "dormant:true" : query + " dormant:true", cancellationToken).ConfigureAwait(false);
        }
        catch (CoderValidationException)
        {
            // A server that does not know the term has no dormant workspaces.
            return [];
        }
    }

    private async Task<Workspace?> ReadAsync(string owner, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await coder.Workspaces.GetByNameAsync(owner, name, cancellationToken).ConfigureAwait(false);
        }
        catch (CoderApiException e) when (e is CoderNotFoundException { IsUnknownRoute: false } or CoderGoneException)
        {
            return null;
        }
    }

    private async Task<Agent> MapAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        if (workspace.LatestBuild is { TemplateVersionPresetId: not null } build)
        {
            await presets.LoadAsync([build.TemplateVersionId], 1, cancellationToken).ConfigureAwait(false);
        }

        return mapper.TryMap(workspace, presets.NameOf(workspace.LatestBuild), out Agent? agent, out string? fault)
            ? agent
            : throw new CoderApiException($"Workspace {workspace.Id} cannot be read as an agent: {fault}.");
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Warning, Message = "Workspace {WorkspaceId} is left out of the listing: {Fault}.")]
    private static partial void Skipped(ILogger logger, Guid workspaceId, string? fault);
}
