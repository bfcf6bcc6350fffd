using Coder.Client.Models;

namespace Coder.Client.Services;

/// <summary>
/// Agents: finding and making them. Broken rules are <see cref="FleetException"/>; failures of Coder are <see cref="CoderApiException"/>.
/// </summary>
public interface IAgentService
{
    /// <summary>Lists agents. A workspace whose metadata cannot be read keeps its place and says why.</summary>
    Task<IReadOnlyList<AgentDetails>> ListAsync(AgentListQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads one agent and its metadata.</summary>
    /// <param name="name">Name, without regard to case.</param>
    /// <param name="owner">User name of the owner; null is the configured one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<AgentDetails> GetAsync(string name, string? owner = null, CancellationToken cancellationToken = default);

    /// <summary>Makes an agent; returns once the build is accepted. Not safe to repeat.</summary>
    Task<Agent> CreateAsync(NewAgent agent, CancellationToken cancellationToken = default);
}
