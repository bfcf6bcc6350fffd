namespace McpOptimizer.Core.Models.Trust;

/// <summary>How a definition stands. Only <see cref="Trusted"/> ones are found and called.</summary>
public enum TrustState
{
    /// <summary>It is as it was approved, or as it was in the server's first complete listing under <see cref="TrustPolicy.Pin"/>.</summary>
    Trusted,

    /// <summary>It differs from what was approved.</summary>
    Changed,

    /// <summary>Nothing of it was approved so far.</summary>
    New,

    /// <summary>It is as it was rejected.</summary>
    Rejected,

    /// <summary>Its server does not list it any more. What was approved is remembered for its return.</summary>
    Removed,

    /// <summary>It is as it was approved, but changed to and fro so often since then that somebody has to look at it.</summary>
    Unsteady,
}
