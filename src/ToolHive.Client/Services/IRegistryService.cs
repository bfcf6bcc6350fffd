using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Services;

/// <summary>Servers that could be run.</summary>
public interface IRegistryService
{
    /// <summary>The whole catalogue.</summary>
    Task<RegistryCatalog> GetCatalogAsync(CancellationToken cancellationToken = default);

    /// <summary>One server; null when the registry has none of that name.</summary>
    Task<RegistryServer?> FindAsync(string serverName, CancellationToken cancellationToken = default);

    /// <summary>Finds servers by words in their names, descriptions, tags and tools.</summary>
    /// <param name="query">Any text; empty lists everything by name.</param>
    /// <param name="limit">At most so many, 1 to 100.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<RegistrySearchResult> SearchAsync(string? query, int limit = 20, CancellationToken cancellationToken = default);
}
