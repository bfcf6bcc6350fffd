namespace McpOptimizer.Core.Models.Trust;

/// <summary>One definition: what was approved against what is listed now.</summary>
public sealed record TrustDiff
{
    /// <summary>How it stands.</summary>
    public required TrustEntry Entry { get; init; }

    /// <summary>What differs, field by field; of a definition of which nothing was approved, all of it.</summary>
    public required IReadOnlyList<TrustChange> Changes { get; init; }

    /// <summary>True when the difference is so large that fields, or parts of texts, are left out.</summary>
    public bool IsCut { get; init; }
}
