namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>What one context of a kubeconfig says, files already read.</summary>
internal sealed record KubeconfigContext(string Name, Uri Server)
{
    public string? Authority { get; init; }

    public bool SkipTlsVerify { get; init; }

    public string? TlsServerName { get; init; }

    public Uri? Proxy { get; init; }

    public string? Token { get; init; }

    public string? TokenFile { get; init; }

    public string? ClientCertificate { get; init; }

    public string? ClientKey { get; init; }

    public ExecSettings? Exec { get; init; }

    // Tokens and keys stay out of texts.
    public override string ToString() => $"{Name} at {Server}";
}
