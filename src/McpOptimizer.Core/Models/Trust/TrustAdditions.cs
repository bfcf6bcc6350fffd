namespace McpOptimizer.Core.Models.Trust;

/// <summary>What becomes of definitions that a server adds after its first complete listing.</summary>
public enum TrustAdditions
{
    /// <summary>They are withheld until somebody approves them.</summary>
    Review,

    /// <summary>They are trusted, as the first listing is, unless the scan finds something of high severity.</summary>
    Trust,
}
