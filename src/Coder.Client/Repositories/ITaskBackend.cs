using Coder.Client.Clients.Wire;
using Coder.Client.Models;

namespace Coder.Client.Repositories;

/// <summary>
/// One way in which Coder lets an agent be given work. Which one fits depends on the server's version and on how the agent was made, and Coder
/// changes it about once a year; nothing above this interface knows which one is in use.
/// </summary>
internal interface ITaskBackend
{
    /// <summary>Whether agents of this project can be made this way.</summary>
    bool CanCreate(Project project, CoderVersion version);

    /// <summary>Makes an agent that starts on a first task; returns its workspace.</summary>
    Task<Workspace> CreateAsync(string owner, Project project, Role? role, NewAgent agent, CancellationToken cancellationToken = default);

    /// <summary>Whether this agent can be talked to this way.</summary>
    bool Serves(Agent agent, CoderVersion version);

    /// <summary>Gives the agent a task.</summary>
    Task SendAsync(Agent agent, string text, CoderVersion version, CancellationToken cancellationToken = default);

    /// <summary>Reads the agent's conversation, oldest first.</summary>
    Task<IReadOnlyList<LogEntry>> ReadLogAsync(Agent agent, CoderVersion version, CancellationToken cancellationToken = default);
}
