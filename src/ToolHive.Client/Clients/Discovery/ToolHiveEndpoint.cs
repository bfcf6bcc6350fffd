namespace ToolHive.Client.Clients.Discovery;

/// <summary>Where a ToolHive answers.</summary>
/// <param name="BaseAddress">Address that paths are appended to; a stand-in host for a socket or pipe.</param>
/// <param name="Source">How it was found.</param>
/// <param name="Version">Version it reported, if it did.</param>
/// <param name="SocketPath">Unix socket to connect to instead of the address.</param>
/// <param name="PipeName">Windows named pipe to connect to instead of the address.</param>
internal sealed record ToolHiveEndpoint(Uri BaseAddress, EndpointSource Source, string? Version = null, string? SocketPath = null, string? PipeName = null)
{
    /// <summary>True when the user, or a file that only the user can write, named it: a token may be sent there.</summary>
    public bool IsTrusted => Source is EndpointSource.Configured or EndpointSource.DiscoveryFile;

    /// <summary>Makes a request for a path, routed to the socket or pipe if there is one.</summary>
    public HttpRequestMessage CreateRequest(HttpMethod method, string path)
    {
        HttpRequestMessage request = new(method, new Uri(BaseAddress, path)) { Version = System.Net.HttpVersion.Version11 };
        if (SocketPath is not null || PipeName is not null)
        {
            // The stand-in host keeps connection pools apart; ToolHive itself expects a loopback name.
            request.Headers.Host = "localhost";
            request.Options.Set(LocalConnector.Route, this);
        }

        return request;
    }
}
