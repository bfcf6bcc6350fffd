using ToolHive.Client.Models;
using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Repositories;

/// <summary>Turns ToolHive's list elements into the domain's workloads.</summary>
internal static class WorkloadMapper
{
    /// <summary>What ToolHive writes instead of an image.</summary>
    private const string RemotePackage = "remote";

    /// <param name="workload">The element.</param>
    /// <param name="toolHive">Address of ToolHive when loopback addresses shall be given its host; null to leave them.</param>
    public static ToolHiveWorkload Map(Workload workload, Uri? toolHive)
    {
        bool isRemote = workload.Remote || workload.Package == RemotePackage;
        return new ToolHiveWorkload
        {
            Name = workload.Name!,
            Url = Rewrite(workload.Url, toolHive),
            Transport = EffectiveTransport(workload.ProxyMode, workload.TransportType, workload.Url),
            Status = workload.Status,
            StatusContext = workload.StatusContext,
            Group = string.IsNullOrWhiteSpace(workload.Group) ? "default" : workload.Group,
            Identifier = isRemote || string.IsNullOrWhiteSpace(workload.Package) ? null : workload.Package,
            IdentifierProblem = isRemote || !string.IsNullOrWhiteSpace(workload.Package) ? null : "ToolHive names no image",
            IsRemote = isRemote,
            CreatedAt = workload.CreatedAt,
            StartedAt = workload.StartedAt,
            Labels = workload.Labels,
            ToolFilter = workload.Tools,
        };
    }

    /// <summary>The transport to connect with: the proxy's, else the server's own, else what the path says, else streamable HTTP.</summary>
    public static McpTransport EffectiveTransport(McpTransport proxyMode, McpTransport transport, string? url) =>
        proxyMode.IsHttp ? proxyMode
        : transport.IsHttp ? transport
        : Uri.TryCreate(url, UriKind.Absolute, out Uri? uri)
            && uri.AbsolutePath.TrimEnd('/').EndsWith("/sse", StringComparison.OrdinalIgnoreCase) ? McpTransport.Sse
        : McpTransport.StreamableHttp;

    private static string? Rewrite(string? url, Uri? toolHive)
    {
        if (string.IsNullOrWhiteSpace(url))
        {
            return null;
        }

        return toolHive is { IsLoopback: false } && Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.IsLoopback
            ? new UriBuilder(uri) { Host = toolHive.Host }.Uri.AbsoluteUri
            : url;
    }
}
