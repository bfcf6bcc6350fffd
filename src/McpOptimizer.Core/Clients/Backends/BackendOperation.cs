namespace McpOptimizer.Core.Clients.Backends;

/// <summary>What an operation is to the connection: whether it may be sent twice, and whether the backend's tools are known after it.</summary>
internal enum BackendOperation
{
    /// <summary>Does something: sent again only when the first message provably did not arrive.</summary>
    Call = 0,

    /// <summary>Asks for something: may be sent again.</summary>
    Read,

    /// <summary>Asks for the tools: may be sent again, and is caught up with when it fails.</summary>
    ListTools,
}
