using Fleet.Metadata.Models;
using Fleet.Metadata.Repositories;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Services;

/// <summary>Who the workspace is.</summary>
internal sealed class WorkspaceCollector(WorkspaceRepository workspaces, IOptions<FleetMetadataOptions> options) : IMetadataCollector
{
    public string Name => "workspace";

    public TimeSpan Deadline => options.Value.Deadline;

    public Task CollectAsync(MetadataSink sink, CancellationToken cancellationToken = default)
    {
        WorkspaceIdentity identity = workspaces.Read();
        sink.SetText("workspace_id", identity.Id, "Identifier of the workspace", includeInList: true);
        sink.SetText("workspace_name", identity.Name, "Name of the workspace", includeInList: true);
        sink.SetText("workspace_owner", identity.Owner, "Owner of the workspace");
        sink.SetText("workspace_agent_name", identity.AgentName, "Name of the platform's agent in the workspace");
        return Task.CompletedTask;
    }
}
