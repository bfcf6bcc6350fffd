namespace ToolHive.Client.Clients.Discovery;

/// <summary>The endpoint in use, shared by all callers.</summary>
internal interface IEndpointProvider
{
    /// <summary>The endpoint in use; null before the first discovery and after a loss.</summary>
    ToolHiveEndpoint? Current { get; }

    /// <summary>Returns the endpoint in use, or waits for the one discovery that all callers share.</summary>
    /// <param name="isFirstAttempt">True to look at once (a caller's first try); false to wait for the next turn of the shared backoff.</param>
    /// <param name="cancellationToken">Ends this caller's wait, not the discovery of the others.</param>
    /// <exception cref="ToolHiveUnavailableException">That discovery found nothing.</exception>
    Task<ToolHiveEndpoint> GetAsync(bool isFirstAttempt, CancellationToken cancellationToken);

    /// <summary>Says that an endpoint no longer answers. Ignored when another one is in use by now.</summary>
    void ReportLost(ToolHiveEndpoint endpoint, Exception? reason);
}
