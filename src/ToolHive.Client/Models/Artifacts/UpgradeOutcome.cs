namespace ToolHive.Client.Models.Artifacts;

/// <summary>What upgrading one artifact did.</summary>
public sealed record UpgradeOutcome
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary><c>upgraded</c>, <c>up-to-date</c>, <c>not-upgradable</c>, <c>ref-change-blocked</c>, <c>signer-change-blocked</c>, <c>failed</c>, or another
    /// word.</summary>
    public string? Status { get; init; }

    /// <summary>Digest before.</summary>
    public string? OldDigest { get; init; }

    /// <summary>Digest after.</summary>
    public string? NewDigest { get; init; }

    /// <summary>Reference after.</summary>
    public string? NewResolvedReference { get; init; }

    /// <summary>Signer after.</summary>
    public string? NewSignerIdentity { get; init; }

    /// <summary>One word for a failure.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong.</summary>
    public string? Error { get; init; }
}
