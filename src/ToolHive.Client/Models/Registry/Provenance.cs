namespace ToolHive.Client.Models.Registry;

/// <summary>Who built and signed an image.</summary>
public sealed record Provenance
{
    /// <summary>Signed statement.</summary>
    public VerifiedAttestation? Attestation { get; init; }

    /// <summary>Issuer of the certificate.</summary>
    public string? CertIssuer { get; init; }

    /// <summary>Git reference.</summary>
    public string? RepositoryRef { get; init; }

    /// <summary>Repository.</summary>
    public string? RepositoryUri { get; init; }

    /// <summary>Where it was built.</summary>
    public string? RunnerEnvironment { get; init; }

    /// <summary>Who signed.</summary>
    public string? SignerIdentity { get; init; }

    /// <summary>Transparency log.</summary>
    public string? SigstoreUrl { get; init; }
}
