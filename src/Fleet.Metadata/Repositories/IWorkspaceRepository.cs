using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

internal interface IWorkspaceRepository
{
    /// <summary>Who the workspace is.</summary>
    WorkspaceIdentity Read();

    /// <summary>Why there is no workspace to look at; null when there is one.</summary>
    string? FindFault();
}
