using Coder.Client.Clients;
using Coder.Client.Clients.Wire;
using Coder.Client.Models;

namespace Coder.Client.Repositories;

/// <summary>The work of agents. Picks the task back end that fits the server and the agent; one that the server turns out not to have is passed over.</summary>
internal sealed class TaskRepository(
    ICoderClient coder, IAgentApiClient agentApi, AppAddressResolver addresses, IEnumerable<ITaskBackend> backends, WorkspaceMapper mapper)
{
    private const string Escape = "\u001b";
    private const string ControlC = "\u0003";

    private readonly ITaskBackend[] _backends = [.. backends];

    /// <summary>Makes an agent that starts on a first task; null when the server offers no way for this project.</summary>
    public async Task<Agent?> CreateAsync(string owner, Project project, Role? role, NewAgent agent, CancellationToken cancellationToken = default)
    {
        CoderVersion version = await GetVersionAsync(cancellationToken).ConfigureAwait(false);
        (bool found, Workspace? workspace) = await FirstAsync(
            backend => backend.CanCreate(project, version),
            backend => backend.CreateAsync(owner, project, role, agent, cancellationToken)).ConfigureAwait(false);
        if (!found || workspace is null)
        {
            return null;
        }

        return mapper.TryMap(workspace, role?.Name ?? PresetCatalog.Unknown, out Agent? created, out string? fault)
            ? created with { LastTask = created.LastTask ?? agent.Task }
            : throw new CoderApiException($"Workspace {workspace.Id} cannot be read as an agent: {fault}.");
    }

    /// <summary>Gives an agent a task; false when the server offers no way to talk to it.</summary>
    public async Task<bool> TrySendAsync(Agent agent, string text, CancellationToken cancellationToken = default)
    {
        CoderVersion version = await GetVersionAsync(cancellationToken).ConfigureAwait(false);
        (bool found, _) = await FirstAsync(backend => backend.Serves(agent, version), async backend =>
        {
            await backend.SendAsync(agent, text, version, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        return found;
    }

    /// <summary>The agent's conversation, oldest first; empty when there is no way to read one.</summary>
    public async Task<IReadOnlyList<LogEntry>> ReadLogAsync(Agent agent, CancellationToken cancellationToken = default)
    {
        CoderVersion version = await GetVersionAsync(cancellationToken).ConfigureAwait(false);
        (_, IReadOnlyList<LogEntry>? log) = await FirstAsync(
            backend => backend.Serves(agent, version),
            backend => backend.ReadLogAsync(agent, version, cancellationToken)).ConfigureAwait(false);
        return log ?? [];
    }

    /// <summary>Types an interrupt into the agent's terminal.</summary>
    public async Task InterruptAsync(AgentApp app, InterruptKey key, CancellationToken cancellationToken = default)
    {
        Uri address = await addresses.ResolveAsync(app, cancellationToken).ConfigureAwait(false);
        await agentApi.SendKeysAsync(address, key == InterruptKey.ControlC ? ControlC : Escape, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the agent works right now, by its own word.</summary>
    public async Task<bool> IsWorkingAsync(AgentApp app, CancellationToken cancellationToken = default)
    {
        Uri address = await addresses.ResolveAsync(app, cancellationToken).ConfigureAwait(false);
        AgentApiStatus status = await agentApi.GetStatusAsync(address, cancellationToken).ConfigureAwait(false);
        return status.Status != "stable";
    }

    /// <summary>Coder's word for the state of the agent's task record, for example active or paused; null when there is none or it cannot be read.</summary>
    public async Task<string?> FindTaskStateAsync(Agent agent, CancellationToken cancellationToken = default)
    {
        if (agent.TaskId is not { } id)
        {
            return null;
        }

        try
        {
            return (await coder.Tasks.GetAsync(agent.Owner, id, cancellationToken).ConfigureAwait(false)).Status;
        }
        catch (CoderApiException)
        {
            // Only a better explanation of a refusal is lost.
            return null;
        }
    }

    // A development build calls itself 0.0.0, and a fork may call itself anything: that must not keep anybody from their agents.
    private async Task<CoderVersion> GetVersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            CoderVersion version = await coder.GetVersionAsync(cancellationToken).ConfigureAwait(false);
            return version.Major > 0 ? version : CoderVersion.Newest;
        }
        catch (CoderApiException e) when (e is not CoderUnauthorizedException)
        {
            return CoderVersion.Newest;
        }
    }

    private async Task<(bool Found, T? Result)> FirstAsync<T>(Func<ITaskBackend, bool> fits, Func<ITaskBackend, Task<T>> use)
    {
        foreach (ITaskBackend backend in _backends.Where(fits))
        {
            try
            {
                return (true, await use(backend).ConfigureAwait(false));
            }
            catch (CoderNotFoundException e) when (e.IsUnknownRoute)
            {
                // Coder removes its tasks in a later version: what is left is talked to directly.
            }
        }

        return (false, default);
    }
}
