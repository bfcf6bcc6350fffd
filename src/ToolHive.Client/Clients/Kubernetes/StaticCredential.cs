using System.Security.Cryptography.X509Certificates;

namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>A token or certificate that the settings hold.</summary>
internal sealed class StaticCredential(string? token, X509Certificate2? certificate) : KubernetesCredential
{
    public override X509Certificate2? ClientCertificate => certificate;

    public override ValueTask<string?> GetTokenAsync(string? refused, CancellationToken cancellationToken) => ValueTask.FromResult(token);
}
