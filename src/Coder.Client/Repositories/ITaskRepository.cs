using Coder.Client.Models;

namespace Coder.Client.Repositories;

/// <summary>The work of agents.</summary>
internal interface ITaskRepository
{
    /// <summary>Makes an agent that starts on a first task; null when the server offers no way for this project.</summary>
    Task<Agent?> CreateAsync(string owner, Project project, Role? role, NewAgent agent, CancellationToken cancellationToken = default);

    /// <summary>Gives an agent a task; false when the server offers no way to talk to it.</summary>
    Task<bool> TrySendAsync(Agent agent, string text, CancellationToken cancellationToken = default);

    /// <summary>The agent's conversation, oldest first; empty when there is no way to read one.</summary>
    Task<IReadOnlyList<LogEntry>> ReadLogAsync(Agent agent, CancellationToken cancellationToken = default);

    /// <summary>Coder's word for the state of the agent's task record, for example active or paused; null when there is none or it cannot be read.</summary>
    Task<string?> FindTaskStateAsync(Agent agent, CancellationToken cancellationToken = default);

    /// <summary>Types an interrupt into the agent's terminal.</summary>
    Task InterruptAsync(AgentApp app, InterruptKey key, CancellationToken cancellationToken = default);

    /// <summary>Whether the agent works right now, by its own word.</summary>
    Task<bool> IsWorkingAsync(AgentApp app, CancellationToken cancellationToken = default);
}
