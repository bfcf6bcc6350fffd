using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>Decides whether the API server's certificate is the cluster's.</summary>
/// <param name="readAuthority">Reads the cluster's authority as PEM, anew for each connection, because it may be replaced; null for the system's authorities.</param>
/// <param name="serverName">Name the certificate must carry instead of the address's host; null for the latter.</param>
/// <param name="skip">True when the kubeconfig says not to look.</param>
internal sealed class ServerTrust(Func<string>? readAuthority, string? serverName, bool skip)
{
    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (skip)
        {
            return true;
        }

        if (certificate is not X509Certificate2 server || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return false;
        }

        bool hasName = serverName is null ? !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) : server.MatchesHostname(serverName);
        return hasName && (readAuthority is null ? !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) : IsSigned(server, chain, readAuthority()));
    }

    private static bool IsSigned(X509Certificate2 server, X509Chain? presented, string authority)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(CertificateLoader.Authorities(authority));

        // A cluster's own authority publishes no revocation lists.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (X509ChainElement element in presented?.ChainElements.Skip(1) ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(server);
    }
}
