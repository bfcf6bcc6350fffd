using System.Net;

namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>Makes the HTTP handler for a cluster.</summary>
internal static class ClusterHandler
{
    public static SocketsHttpHandler Create(ClusterConnection cluster)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = cluster.Proxy is not null,
            Proxy = cluster.Proxy is { } proxy ? new WebProxy(proxy) : null,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        handler.SslOptions.RemoteCertificateValidationCallback = cluster.Trust.IsTrusted;

        // Asked for each connection, so that a renewed certificate is shown on the next.
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => cluster.Credential.ClientCertificate!;
        return handler;
    }
}
