namespace McpOptimizer.Core.Clients.Backends;

/// <summary>One session's view of the shared connections: what it adds to them goes with it, the connections stay.</summary>
internal sealed class BackendHttpClient : HttpClient
{
    /// <summary>The name under which the host can configure the shared handler.</summary>
    public const string HandlerName = "McpOptimizer.Backends";

    /// <summary>Creates the client. Time limits come with each operation.</summary>
    public BackendHttpClient(HttpMessageHandler handler)
        : base(handler, disposeHandler: false) => Timeout = System.Threading.Timeout.InfiniteTimeSpan;
}
