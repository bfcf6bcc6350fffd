using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Clients;

/// <summary>Registry of servers that can be run. ToolHive has one, named <c>default</c>.</summary>
public interface IRegistryClient
{
    /// <summary>Name of the only registry.</summary>
    const string DefaultName = "default";

    /// <summary>Lists the registries.</summary>
    Task<IReadOnlyList<RegistryInfo>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a registry. ToolHive answers 501: there is only one.</summary>
    Task AddAsync(CancellationToken cancellationToken = default);

    /// <summary>A registry with its whole catalogue. Entries that cannot be read are reported beside the others.</summary>
    Task<RegistryDetail> GetAsync(string registry = DefaultName, CancellationToken cancellationToken = default);

    /// <summary>Changes where a registry is read from.</summary>
    /// <returns>Kind of the registry now in use.</returns>
    Task<string?> UpdateAsync(UpdateRegistryRequest request, string registry = DefaultName, CancellationToken cancellationToken = default);

    /// <summary>Removes a registry. ToolHive refuses to remove the default one.</summary>
    Task DeleteAsync(string registry, CancellationToken cancellationToken = default);

    /// <summary>Reads a registry's source again.</summary>
    /// <returns>ToolHive's word for the outcome.</returns>
    Task<string?> RefreshAsync(string registry = DefaultName, CancellationToken cancellationToken = default);

    /// <summary>Lists a registry's servers.</summary>
    Task<RegistryCatalog> ListServersAsync(string registry = DefaultName, CancellationToken cancellationToken = default);

    /// <summary>One server.</summary>
    /// <param name="serverName">Full name, slash included, or a short name that is unambiguous.</param>
    /// <param name="registry">Name of the registry.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A <see cref="ContainerRegistryServer"/> or a <see cref="RemoteRegistryServer"/>.</returns>
    Task<RegistryServer> GetServerAsync(string serverName, string registry = DefaultName, CancellationToken cancellationToken = default);

    /// <summary>Signs in to the registry; opens a browser where ToolHive runs.</summary>
    /// <returns>ToolHive's word for the outcome.</returns>
    Task<string?> LoginAsync(CancellationToken cancellationToken = default);

    /// <summary>Signs out of the registry.</summary>
    /// <returns>ToolHive's word for the outcome.</returns>
    Task<string?> LogoutAsync(CancellationToken cancellationToken = default);
}
