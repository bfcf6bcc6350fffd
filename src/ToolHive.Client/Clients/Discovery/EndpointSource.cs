namespace ToolHive.Client.Clients.Discovery;

/// <summary>How an endpoint was found.</summary>
internal enum EndpointSource
{
    /// <summary>The settings name it.</summary>
    Configured,

    /// <summary>ToolHive's own discovery file names it, and the nonce matched.</summary>
    DiscoveryFile,

    /// <summary>It answered in a port scan.</summary>
    PortScan,
}
