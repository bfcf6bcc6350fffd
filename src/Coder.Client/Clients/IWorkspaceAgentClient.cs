using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

/// <summary>Workspace agents and their logs.</summary>
public interface IWorkspaceAgentClient
{
    /// <summary>Reads one workspace agent.</summary>
    Task<WorkspaceAgent> GetAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Reads the log of a workspace agent's scripts.</summary>
    /// <param name="id">Id of the workspace agent.</param>
    /// <param name="after">Only lines with a higher id.</param>
    /// <param name="before">Only lines with a lower id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<WorkspaceAgentLog>> GetLogsAsync(Guid id, long? after = null, long? before = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the ports on which something listens.</summary>
    Task<IReadOnlyList<ListeningPort>> ListPortsAsync(Guid id, CancellationToken cancellationToken = default);
}
