using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

/// <summary>
/// Tasks. The stable path is tried first and the experimental one when the server does not know the stable one. A server without tasks answers
/// <see cref="CoderNotFoundException"/> with <see cref="CoderNotFoundException.IsUnknownRoute"/>.
/// </summary>
public interface ITaskClient
{
    /// <summary>Lists tasks.</summary>
    /// <param name="query">Coder's search text, for example <c>owner:me status:active</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<CoderTaskPage> ListAsync(string? query = null, CancellationToken cancellationToken = default);

    /// <summary>Creates a task and its workspace (Coder 2.28 and later).</summary>
    Task<CoderTask> CreateAsync(string user, CreateTaskRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads one task by owner and id.</summary>
    Task<CoderTask> GetAsync(string user, Guid task, CancellationToken cancellationToken = default);

    /// <summary>Queues the deletion of a task and its workspace.</summary>
    Task DeleteAsync(string user, Guid task, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives the task's agent a message. A busy one is <see cref="CoderUnavailableException"/> (502) up to Coder 2.31, then <see
    /// cref="CoderConflictException"/>.
    /// </summary>
    Task SendInputAsync(string user, Guid task, string input, CancellationToken cancellationToken = default);

    /// <summary>Reads the conversation of a task.</summary>
    Task<CoderTaskLogs> GetLogsAsync(string user, Guid task, CancellationToken cancellationToken = default);

    /// <summary>Changes the first prompt of a paused task (Coder 2.29 and later).</summary>
    Task UpdateInputAsync(string user, Guid task, string input, CancellationToken cancellationToken = default);

    /// <summary>Pauses a task; returns the build that does it (Coder 2.32 and later).</summary>
    Task<WorkspaceBuild?> PauseAsync(string user, Guid task, CancellationToken cancellationToken = default);

    /// <summary>Resumes a task; returns the build that does it (Coder 2.32 and later).</summary>
    Task<WorkspaceBuild?> ResumeAsync(string user, Guid task, CancellationToken cancellationToken = default);
}
