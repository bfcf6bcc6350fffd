using ToolHive.Client.Models.ClientApps;

namespace ToolHive.Client.Clients;

/// <summary>AI clients whose configuration ToolHive keeps, named by ids such as <c>claude-code</c> or <c>vscode</c>.</summary>
public interface IClientAppsClient
{
    /// <summary>Lists registered clients.</summary>
    Task<IReadOnlyList<ClientApp>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Registers one client.</summary>
    /// <param name="name">Its id.</param>
    /// <param name="groups">Groups it shall see; null for <c>default</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<ClientApp> RegisterAsync(string name, IReadOnlyList<string>? groups = null, CancellationToken cancellationToken = default);

    /// <summary>Registers several clients.</summary>
    Task<IReadOnlyList<ClientApp>> RegisterManyAsync(
        IReadOnlyList<string> names, IReadOnlyList<string>? groups = null, CancellationToken cancellationToken = default);

    /// <summary>Unregisters several clients, from some groups or, with null, from all.</summary>
    Task UnregisterManyAsync(IReadOnlyList<string> names, IReadOnlyList<string>? groups = null, CancellationToken cancellationToken = default);

    /// <summary>Unregisters one client.</summary>
    Task UnregisterAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Takes one client out of a group.</summary>
    Task UnregisterFromGroupAsync(string name, string group, CancellationToken cancellationToken = default);
}
