using Coder.Client.Models;

namespace Coder.Client.Repositories;

/// <summary>Agents, as Coder's workspaces keep them.</summary>
internal interface IAgentRepository
{
    /// <summary>All agents of an owner; <c>*</c> is every owner.</summary>
    Task<IReadOnlyList<Agent>> ListAsync(string owner, CancellationToken cancellationToken = default);

    /// <summary>One agent by owner and name; null when there is none.</summary>
    Task<Agent?> FindAsync(string owner, string name, CancellationToken cancellationToken = default);

    /// <summary>One agent with its reports; null when there is none.</summary>
    Task<AgentHistory?> FindHistoryAsync(string owner, string name, CancellationToken cancellationToken = default);

    /// <summary>Queues a build; a start can name a version, whose preset of the same role is then used.</summary>
    Task<AgentBuild> QueueBuildAsync(Agent agent, string transition, Guid? templateVersionId = null, CancellationToken cancellationToken = default);

    /// <summary>Ends the dormancy of an agent's workspace.</summary>
    Task WakeAsync(Agent agent, CancellationToken cancellationToken = default);

    /// <summary>Reads a build; null when it is gone with its workspace.</summary>
    Task<AgentBuild?> FindBuildAsync(Guid buildId, CancellationToken cancellationToken = default);

    /// <summary>Asks for a build to be cancelled; false when Coder does not allow it.</summary>
    Task<bool> TryCancelBuildAsync(Guid buildId, CancellationToken cancellationToken = default);
}
