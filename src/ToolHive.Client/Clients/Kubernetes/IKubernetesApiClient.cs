namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>The little of the Kubernetes API that is needed here.</summary>
internal interface IKubernetesApiClient
{
    /// <summary>One page of resources.</summary>
    /// <param name="version">Version of ToolHive's API group.</param>
    /// <param name="plural">Kind in the plural.</param>
    /// <param name="scope">Namespace; null for all.</param>
    /// <param name="continueFrom">Where the page begins; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<ResourcePage> GetPageAsync(string version, string plural, string? scope, string? continueFrom, CancellationToken cancellationToken = default);

    /// <summary>One value of a secret; null when the secret has no such key.</summary>
    /// <param name="scope">Namespace.</param>
    /// <param name="name">Name of the secret.</param>
    /// <param name="key">Key of the value.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ToolHiveApiException">There is no such secret, or it may not be read.</exception>
    Task<string?> GetSecretAsync(string scope, string name, string key, CancellationToken cancellationToken = default);

    /// <summary>Changes from a version on, until the server ends the watch.</summary>
    /// <exception cref="ToolHiveApiException">With status 410: the version is too old, list again.</exception>
    /// <exception cref="ToolHiveUnavailableException">The connection broke; the watch can be resumed.</exception>
    IAsyncEnumerable<WatchEvent> WatchAsync(
        string version, string plural, string? scope, string? resourceVersion, CancellationToken cancellationToken = default);
}
