using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Horreum.Client.Clients;

/// <summary>Sets up the connections: certificates, lifetime, no redirects (a credential must not follow one to another host).</summary>
internal static class HorreumHandlerFactory
{
    public static void Configure(SocketsHttpHandler handler, HorreumClientOptions options)
    {
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
        handler.ConnectTimeout = options.Timeout;
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.AutomaticDecompression = DecompressionMethods.All;
        if (!options.TlsVerify)
        {
#pragma warning disable CA5359 // The setting says so, for servers with a certificate of their own making.
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (!string.IsNullOrEmpty(options.TlsCaFile))
        {
            handler.SslOptions.RemoteCertificateValidationCallback = TrustAlso(options.TlsCaFile);
        }
    }

    private static RemoteCertificateValidationCallback TrustAlso(string file)
    {
        X509Certificate2Collection roots = [];
        roots.ImportFromPemFile(file);
        return (_, certificate, chain, errors) =>
        {
            if (errors == SslPolicyErrors.None)
            {
                return true;
            }

            // Only the chain may be at odds with the system's trust; the name must match in any case.
            if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
            {
                return false;
            }

            using X509Chain own = new();
            own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            own.ChainPolicy.CustomTrustStore.AddRange(roots);
            own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            foreach (X509ChainElement element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            {
                own.ChainPolicy.ExtraStore.Add(element.Certificate);
            }

            return own.Build(leaf);
        };
    }
}
