using Coder.Client.Clients;
using Coder.Client.Clients.Wire;
using Coder.Client.Models;

namespace Coder.Client;

/// <summary>
/// Typed access to one Coder deployment, one member per area of its API. Calls throw <see cref="CoderApiException"/> when Coder says no and
/// <see cref="CoderUnavailableException"/> when it cannot be reached in time. Safe for concurrent use.
/// </summary>
public interface ICoderClient
{
    /// <summary>Workspaces.</summary>
    IWorkspaceClient Workspaces { get; }

    /// <summary>Builds of workspaces.</summary>
    IBuildClient Builds { get; }

    /// <summary>Templates, their versions, parameters and presets.</summary>
    ITemplateClient Templates { get; }

    /// <summary>Organizations.</summary>
    IOrganizationClient Organizations { get; }

    /// <summary>Users and their tokens.</summary>
    IUserClient Users { get; }

    /// <summary>Workspace agents and their logs.</summary>
    IWorkspaceAgentClient Agents { get; }

    /// <summary>Where applications of workspaces are served.</summary>
    IApplicationClient Applications { get; }

    /// <summary>Tasks, under the stable or the experimental path, whichever the server has.</summary>
    ITaskClient Tasks { get; }

    /// <summary>Reads what server this is.</summary>
    Task<BuildInfo> GetBuildInfoAsync(CancellationToken cancellationToken = default);

    /// <summary>The server's version: taken from the header that every answer carries, else asked for.</summary>
    Task<CoderVersion> GetVersionAsync(CancellationToken cancellationToken = default);
}
