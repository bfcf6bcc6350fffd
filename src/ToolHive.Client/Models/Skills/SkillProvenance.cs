namespace ToolHive.Client.Models.Skills;

/// <summary>Who built and signed a skill.</summary>
public sealed record SkillProvenance
{
    /// <summary>Issuer of the certificate.</summary>
    public string? CertIssuer { get; init; }

    /// <summary>True when not yet confirmed.</summary>
    public bool Provisional { get; init; }

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
