namespace ToolHive.Client.Models.Kubernetes;

/// <summary>A kind of resource of the ToolHive operator.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Plural">Its name in paths.</param>
internal sealed record ResourceKind(string Kind, string Plural)
{
    public static ResourceKind Server { get; } = new("MCPServer", "mcpservers");

    public static ResourceKind RemoteProxy { get; } = new("MCPRemoteProxy", "mcpremoteproxies");

    public static ResourceKind ServerEntry { get; } = new("MCPServerEntry", "mcpserverentries");

    public static ResourceKind VirtualServer { get; } = new("VirtualMCPServer", "virtualmcpservers");

    public static ResourceKind Group { get; } = new("MCPGroup", "mcpgroups");

    /// <summary>Kinds that MCP clients can connect to.</summary>
    public static IReadOnlyList<ResourceKind> Workloads { get; } = [Server, RemoteProxy, ServerEntry, VirtualServer];
}
