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
            StatusContext = Context(workload.Status, Rewrite(workload.Url, toolHive), workload.StatusContext),
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

    /// <summary>
    /// The transport to connect with: the server's own when it speaks HTTP, else the proxy's, else what the path says, else streamable HTTP. The
    /// proxy's mode counts for stdio servers only: before the others the proxy speaks what the server speaks, whatever the mode says.
    /// </summary>
    public static McpTransport EffectiveTransport(McpTransport proxyMode, McpTransport transport, string? url) =>
        transport.IsHttp ? transport
        : proxyMode.IsHttp ? proxyMode
        : Uri.TryCreate(url, UriKind.Absolute, out Uri? uri)
            && uri.AbsolutePath.TrimEnd('/').EndsWith("/sse", StringComparison.OrdinalIgnoreCase) ? McpTransport.Sse
        : McpTransport.StreamableHttp;

    /// <summary>The context, or why a server that runs cannot be connected to.</summary>
    public static string? Context(WorkloadStatus status, string? url, string? context) => status.IsRunning && url is not null && !ToolHiveWorkload.IsAddress(url)
        ? $"its address '{VisibleText.Shorten(ShownAddress.Of(url), 100)}' is no http or https URL"
        : context;

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
