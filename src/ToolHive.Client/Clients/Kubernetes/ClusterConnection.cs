namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>How a cluster is reached.</summary>
/// <param name="Server">Address of the API server, with a trailing slash.</param>
/// <param name="Trust">Whom we take for it.</param>
/// <param name="Credential">Whom it takes us for.</param>
/// <param name="Proxy">Proxy on the way; null for none.</param>
/// <param name="Origin">Where this was found, for messages.</param>
internal sealed record ClusterConnection(Uri Server, ServerTrust Trust, KubernetesCredential Credential, Uri? Proxy, string Origin);
