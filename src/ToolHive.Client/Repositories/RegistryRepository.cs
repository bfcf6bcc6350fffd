using System.Net;
using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Repositories;

/// <summary>What ToolHive's registry offers.</summary>
internal sealed class RegistryRepository(IToolHiveClient client)
{
    public async Task<RegistryCatalog> GetCatalogAsync(CancellationToken cancellationToken = default) =>
        (await client.Registry.GetAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Registry ?? new RegistryCatalog();

    /// <summary>One entry; null when there is none of that name.</summary>
    public async Task<RegistryServer?> FindAsync(string serverName, CancellationToken cancellationToken = default)
    {
        try
        {
            return await client.Registry.GetServerAsync(serverName, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (ToolHiveApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
