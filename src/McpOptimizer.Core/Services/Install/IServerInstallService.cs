namespace McpOptimizer.Core.Services.Install;

/// <summary>Installs servers from the registry, and removes them.</summary>
public interface IServerInstallService
{
    /// <summary>Installs and starts a server, unless it runs already or something is missing.</summary>
    /// <param name="serverName">The registry entry's name, or an unambiguous short form.</param>
    /// <param name="cancellationToken">Stops the request; what ToolHive began goes on.</param>
    /// <returns>What happened, as a text for a model, and whether it failed.</returns>
    Task<InstallResult> InstallAsync(string serverName, CancellationToken cancellationToken = default);

    /// <summary>Stops and removes a server that ToolHive runs. Its tools are not found from then on.</summary>
    /// <param name="serverName">The running server's name.</param>
    /// <param name="cancellationToken">Stops the request; what ToolHive began goes on.</param>
    /// <returns>What happened, as a text for a model, and whether it failed.</returns>
    Task<InstallResult> UninstallAsync(string serverName, CancellationToken cancellationToken = default);
}
