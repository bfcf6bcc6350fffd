using Fleet.Metadata.Clients;
using Fleet.Metadata.Models;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Repositories;

/// <summary>Reads what Coder's agent sets in the environment of everything it starts.</summary>
internal sealed class WorkspaceRepository(ProcessEnvironment environment, IOptions<FleetMetadataOptions> options)
{
    /// <summary>Who the workspace is.</summary>
    public WorkspaceIdentity Read() => new()
    {
        Id = environment.Get("CODER_WORKSPACE_ID"),
        Name = environment.Get("CODER_WORKSPACE_NAME"),
        Owner = environment.Get("CODER_WORKSPACE_OWNER_NAME"),

        // Coder sets the first; the second stands in older documents.
        AgentName = environment.Get("CODER_WORKSPACE_AGENT_NAME") ?? environment.Get("CODER_AGENT_NAME"),
    };

    /// <summary>Why there is no workspace to look at; null when there is one.</summary>
    public string? FindFault() =>
        Directory.Exists(options.Value.RepositoryPath) ? null : "The workspace folder is not there; RepositoryPath names it.";
}
