using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Repositories;

/// <summary>What ToolHive's registry offers.</summary>
internal interface IRegistryRepository
{
    Task<RegistryCatalog> GetCatalogAsync(CancellationToken cancellationToken = default);

    /// <summary>One entry; null when there is none of that name.</summary>
    Task<RegistryServer?> FindAsync(string serverName, CancellationToken cancellationToken = default);
}
