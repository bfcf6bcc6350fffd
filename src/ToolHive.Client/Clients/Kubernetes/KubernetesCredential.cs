using System.Security.Cryptography.X509Certificates;

namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>Who the API server takes us for. This one is nobody.</summary>
internal class KubernetesCredential
{
    /// <summary>Nobody, as a <c>kubectl proxy</c> wants it.</summary>
    public static KubernetesCredential None { get; } = new();

    /// <summary>The token to send now; null for none.</summary>
    /// <param name="wasRefused">True when the last one was refused, so that a cached one is of no use.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public virtual ValueTask<string?> GetTokenAsync(bool wasRefused, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <summary>The certificate to show now; null for none.</summary>
    public virtual X509Certificate2? ClientCertificate => null;
}
