using ToolHive.Client.Models.Registry;
using ToolHive.Client.Repositories;

namespace ToolHive.Client.Services;

internal sealed class RegistryService(RegistryRepository registry) : IRegistryService
{
    /// <summary>Most results of one search.</summary>
    public const int MaxLimit = 100;

    public Task<RegistryCatalog> GetCatalogAsync(CancellationToken cancellationToken = default) => registry.GetCatalogAsync(cancellationToken);

    public Task<RegistryServer?> FindAsync(string serverName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(serverName);
        return registry.FindAsync(serverName.Trim(), cancellationToken);
    }

    public async Task<RegistrySearchResult> SearchAsync(string? query, int limit = 20, CancellationToken cancellationToken = default)
    {
        if (limit is < 1 or > MaxLimit)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"A search returns 1 to {MaxLimit} servers.");
        }

        RegistryCatalog catalog = await registry.GetCatalogAsync(cancellationToken).ConfigureAwait(false);
        RegistryMatch[] matches =
        [
            .. catalog.Servers.Cast<RegistryServer>().Concat(catalog.RemoteServers)
                .Select(server => new RegistryMatch { Server = server, Score = RegistryScore.Of(server, query) })
                .Where(match => match.Score > 0)
                .OrderByDescending(match => match.Score).ThenBy(match => match.Server.Name, StringComparer.Ordinal),
        ];
        return new RegistrySearchResult { Matches = [.. matches.Take(limit)], Total = matches.Length, IsTruncated = matches.Length > limit };
    }
}
