namespace McpOptimizer.Core.Services.Login;

/// <summary>Logs the optimizer in to servers that want OAuth.</summary>
public interface IServerLoginService
{
    /// <summary>Looks the server up in its source, logs in, and stores the tokens.</summary>
    /// <param name="serverName">The workload's name.</param>
    /// <param name="show">Given the address that a person opens in a browser on this machine.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">No source lists a server of this name.</exception>
    /// <exception cref="BackendException">The server has no OAuth entry, or the login failed.</exception>
    Task LoginAsync(string serverName, Func<Uri, CancellationToken, Task> show, CancellationToken cancellationToken = default);
}
