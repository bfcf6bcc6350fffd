using System.Security.Cryptography.X509Certificates;

namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>Who the API server takes us for. This one is nobody.</summary>
internal class KubernetesCredential
{
    /// <summary>Nobody, as a <c>kubectl proxy</c> wants it.</summary>
    public static KubernetesCredential None { get; } = new();

    /// <summary>The token to send now; null for none.</summary>
    /// <param name="refused">A token that the server just refused, so that it is not given again; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public virtual ValueTask<string?> GetTokenAsync(string? refused, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <summary>The certificate to show now; null for none.</summary>
    public virtual X509Certificate2? ClientCertificate => null;
}
