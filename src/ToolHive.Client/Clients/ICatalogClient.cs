using ToolHive.Client.Models.Catalog;

namespace ToolHive.Client.Clients;

/// <summary>The registry in the MCP registry's own format (v0.1), page by page or as a stream.</summary>
public interface ICatalogClient
{
    /// <summary>One page of servers.</summary>
    Task<CatalogServerPage> GetServersAsync(
        CatalogQuery? query = null, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default);

    /// <summary>All servers that match, fetched page by page as they are read.</summary>
    IAsyncEnumerable<CatalogServer> ListServersAsync(
        string? search = null, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default);

    /// <summary>Newest version of a server.</summary>
    Task<CatalogServer> GetServerAsync(string serverName, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default);

    /// <summary>One page of skills.</summary>
    Task<CatalogSkillPage> GetSkillsAsync(
        CatalogQuery? query = null, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default);

    /// <summary>All skills that match, fetched page by page as they are read.</summary>
    IAsyncEnumerable<CatalogSkill> ListSkillsAsync(
        string? search = null, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default);

    /// <summary>One skill.</summary>
    Task<CatalogSkill> GetSkillAsync(
        string skillNamespace, string skillName, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default);

    /// <summary>One page of plugins.</summary>
    Task<CatalogPluginPage> GetPluginsAsync(
        CatalogQuery? query = null, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default);

    /// <summary>All plugins that match, fetched page by page as they are read.</summary>
    IAsyncEnumerable<CatalogPlugin> ListPluginsAsync(
        string? search = null, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default);

    /// <summary>One plugin.</summary>
    Task<CatalogPlugin> GetPluginAsync(
        string pluginNamespace, string pluginName, string registry = IRegistryClient.DefaultName, CancellationToken cancellationToken = default);
}
