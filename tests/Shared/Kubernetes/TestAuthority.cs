using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Shared.Kubernetes;

/// <summary>A certificate authority for one test, and certificates it signs.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _authority;

    public TestAuthority(string name = "test authority")
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>The authority's own certificate.</summary>
    public string Pem => _authority.ExportCertificatePem();

    /// <summary>A certificate for a server on this machine.</summary>
    public X509Certificate2 IssueServer(string dnsName = "localhost") => Issue("CN=server", "1.3.6.1.5.5.7.3.1", names =>
    {
        names.AddDnsName(dnsName);
        names.AddIpAddress(IPAddress.Loopback);
    });

    /// <summary>A certificate for a client.</summary>
    public (string CertificatePem, string KeyPem, string Thumbprint) IssueClient(string name)
    {
        using X509Certificate2 certificate = Issue($"CN={name}", "1.3.6.1.5.5.7.3.2", null);
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), certificate.Thumbprint);
    }

    /// <summary>Whether this authority signed a certificate.</summary>
    public bool HasSigned(X509Certificate2 certificate)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    public void Dispose() => _authority.Dispose();

    private X509Certificate2 Issue(string subject, string usage, Action<SubjectAlternativeNameBuilder>? addNames)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        if (addNames is not null)
        {
            SubjectAlternativeNameBuilder names = new();
            addNames(names);
            request.CertificateExtensions.Add(names.Build());
        }

        using X509Certificate2 bare = request.Create(_authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddHours(12), RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 withKey = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
