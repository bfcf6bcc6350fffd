using Fleet.Metadata.Models;

namespace Fleet.Metadata.Services;

/// <summary>Writes what the agent in the workspace is doing; for hooks of agents and for hosts.</summary>
public interface ITaskStateService
{
    /// <summary>Replaces the state. A reader sees the old one or the new one, never a half.</summary>
    /// <param name="status">What the agent is doing.</param>
    /// <param name="description">What the task is about; null for nothing. Cut after 1,000 characters.</param>
    /// <param name="cancellationToken">Stops before the state is replaced.</param>
    /// <exception cref="IOException">The file cannot be written, because the disk is full for example; the old state is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    Task SetAsync(WorkspaceTaskStatus status, string? description = null, CancellationToken cancellationToken = default);
}
