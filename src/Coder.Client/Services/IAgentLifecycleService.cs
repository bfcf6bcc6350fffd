using Coder.Client.Models;

namespace Coder.Client.Services;

/// <summary>
/// The life of agents: stopping, starting, deleting them and waiting for them. Acts on agents of the configured owner only.
/// Progress is reported while something is waited for.
/// </summary>
public interface IAgentLifecycleService
{
    /// <summary>
    /// Destroys an agent in whatever state it is. Returns when the delete build is queued; a build in the way is cancelled where Coder allows it and
    /// waited for otherwise.
    /// </summary>
    Task<LifecycleOutcome> DeleteAsync(string name, IProgress<AgentProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Stops an agent, unless it is stopped already, and starts it. Returns when the start build is queued.</summary>
    Task<LifecycleOutcome> RestartAsync(string name, IProgress<AgentProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Stops an agent. Returns when the stop build is queued.</summary>
    Task<LifecycleOutcome> StopAsync(string name, IProgress<AgentProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Starts an agent. Returns when the start build is queued.</summary>
    Task<LifecycleOutcome> StartAsync(string name, IProgress<AgentProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Moves an agent to its template's active version by a restart; does nothing when it is there already.</summary>
    Task<LifecycleOutcome> UpdateAsync(string name, IProgress<AgentProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits until an agent has a status. Ends early when that cannot happen any more: the agent is gone, or it failed and nothing runs that could
    /// change it.
    /// </summary>
    Task<WaitOutcome> WaitAsync(
        string name, AgentStatus status, TimeSpan timeout, IProgress<AgentProgress>? progress = null, CancellationToken cancellationToken = default);
}
