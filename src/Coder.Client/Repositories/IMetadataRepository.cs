using Coder.Client.Models;

namespace Coder.Client.Repositories;

/// <summary>Metadata of workspaces.</summary>
internal interface IMetadataRepository
{
    /// <summary>Reads the metadata of one agent.</summary>
    /// <exception cref="WorkspaceAppException">The workspace cannot be reached or answers with something else.</exception>
    Task<IReadOnlyDictionary<string, MetadataField>> ReadAsync(AgentApp app, CancellationToken cancellationToken = default);
}
