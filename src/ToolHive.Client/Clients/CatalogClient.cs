using System.Runtime.CompilerServices;
using ToolHive.Client.Clients.Http;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Models.Catalog;

namespace ToolHive.Client.Clients;

internal sealed class CatalogClient(ToolHiveConnection connection) : ICatalogClient
{
    private const int LargestPage = 200;

    private static CatalogJsonContext Json => CatalogJsonContext.Default;

    public Task<CatalogServerPage> GetServersAsync(
        CatalogQuery? query = null, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(Page($"{Root(registry)}/servers", query), Json.CatalogServerPage, cancellationToken);

    public IAsyncEnumerable<CatalogServer> ListServersAsync(
        string? search = null, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default) =>
        AllAsync(
            search, (query, token) => GetServersAsync(query, registry, token), static page => page.Servers, static page => page.Metadata, cancellationToken);

    public Task<CatalogServer> GetServerAsync(
        string serverName, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(
            new ApiCall(HttpMethod.Get, $"{Root(registry)}/servers/{ApiPath.Segment(serverName, nameof(serverName))}/versions/latest"),
            Json.CatalogServer,
            cancellationToken);

    public Task<CatalogSkillPage> GetSkillsAsync(
        CatalogQuery? query = null, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(Page($"{Root(registry)}/x/dev.toolhive/skills", query), Json.CatalogSkillPage, cancellationToken);

    public IAsyncEnumerable<CatalogSkill> ListSkillsAsync(
        string? search = null, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default) =>
        AllAsync(search, (query, token) => GetSkillsAsync(query, registry, token), static page => page.Skills, static page => page.Metadata, cancellationToken);

    public Task<CatalogSkill> GetSkillAsync(
        string skillNamespace, string skillName, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(
            new ApiCall(HttpMethod.Get, $"{Root(registry)}/x/dev.toolhive/skills/{Pair(skillNamespace, skillName)}"),
            Json.CatalogSkill,
            cancellationToken);

    public Task<CatalogPluginPage> GetPluginsAsync(
        CatalogQuery? query = null, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(Page($"{Root(registry)}/x/dev.toolhive/plugins", query), Json.CatalogPluginPage, cancellationToken);

    public IAsyncEnumerable<CatalogPlugin> ListPluginsAsync(
        string? search = null, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default) =>
        AllAsync(
            search, (query, token) => GetPluginsAsync(query, registry, token), static page => page.Plugins, static page => page.Metadata, cancellationToken);

    public Task<CatalogPlugin> GetPluginAsync(
        string pluginNamespace, string pluginName, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(
            new ApiCall(HttpMethod.Get, $"{Root(registry)}/x/dev.toolhive/plugins/{Pair(pluginNamespace, pluginName)}"),
            Json.CatalogPlugin,
            cancellationToken);

    private static async IAsyncEnumerable<TItem> AllAsync<TPage, TItem>(
        string? search,
        Func<CatalogQuery, CancellationToken, Task<TPage>> read,
        Func<TPage, IReadOnlyList<TItem>> items,
        Func<TPage, CatalogPageInfo?> info,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int seen = 0;
        for (int number = 1; ; number++)
        {
            TPage page = await read(new CatalogQuery { Search = search, Page = number, Limit = LargestPage }, cancellationToken).ConfigureAwait(false);
            foreach (TItem item in items(page))
            {
                yield return item;
            }

            // An empty page ends a total that lies.
            seen += items(page).Count;
            if (items(page).Count == 0 || seen >= (info(page)?.Total ?? 0))
            {
                yield break;
            }
        }
    }

    private static ApiCall Page(string path, CatalogQuery? query)
    {
        if (query is { Page: < 1 } or { Limit: < 1 or > LargestPage })
        {
            throw new ArgumentException(
                $"Page {query.Page} with limit {query.Limit}: pages count from 1, and a page holds 1 to {LargestPage} items.", nameof(query));
        }

        return new ApiCall(
            HttpMethod.Get, ApiPath.WithQuery(path, ("q", query?.Search), ("page", ApiPath.Text(query?.Page)), ("limit", ApiPath.Text(query?.Limit))));
    }

    private static string Pair(string space, string name) => $"{ApiPath.Segment(space, nameof(space))}/{ApiPath.Segment(name, nameof(name))}";

    private static string Root(string registry) => $"registry/{ApiPath.Segment(registry, nameof(registry))}/v0.1";
}
