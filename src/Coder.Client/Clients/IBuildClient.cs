using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

/// <summary>Builds of workspaces.</summary>
public interface IBuildClient
{
    /// <summary>Reads one build.</summary>
    Task<WorkspaceBuild> GetAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Reads a build of a workspace by owner, name and number.</summary>
    Task<WorkspaceBuild> GetByNumberAsync(string user, string workspace, int number, CancellationToken cancellationToken = default);

    /// <summary>
    /// Cancels a build that waits or runs. A finished one is <see cref="CoderValidationException"/>; a template that does not let its users cancel
    /// is <see cref="CoderForbiddenException"/>.
    /// </summary>
    Task CancelAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Reads the build's log.</summary>
    /// <param name="id">Id of the build.</param>
    /// <param name="after">Only lines with a higher id.</param>
    /// <param name="before">Only lines with a lower id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<ProvisionerLog>> GetLogsAsync(Guid id, long? after = null, long? before = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the parameter values of a build; before Coder 2.28 this is where a task's prompt is.</summary>
    Task<IReadOnlyList<RichParameterValue>> GetParametersAsync(Guid id, CancellationToken cancellationToken = default);
}
