using System.Security.Cryptography.X509Certificates;

namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>Loads certificates from PEM text.</summary>
internal static class CertificateLoader
{
    /// <summary>A certificate with its key, ready for TLS.</summary>
    public static X509Certificate2 FromPem(string certificate, string key)
    {
        X509Certificate2 loaded = X509Certificate2.CreateFromPem(certificate, key);
        if (!OperatingSystem.IsWindows())
        {
            return loaded;
        }

        // Windows takes no key for TLS that was never stored.
        using (loaded)
        {
            return X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), null);
        }
    }

    /// <summary>The authorities in a PEM text.</summary>
    public static X509Certificate2Collection Authorities(string pem)
    {
        X509Certificate2Collection authorities = [];
        authorities.ImportFromPem(pem);
        return authorities;
    }
}
