using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

internal interface ITaskStateRepository
{
    /// <summary>The state; null when nobody ever wrote one.</summary>
    /// <exception cref="IOException">The file cannot be read, or does not hold a state.</exception>
    WorkspaceTaskState? Read();

    /// <summary>Replaces the state as a whole.</summary>
    /// <exception cref="IOException">The file cannot be written; the old state is untouched.</exception>
    Task WriteAsync(WorkspaceTaskState state, CancellationToken cancellationToken);
}
