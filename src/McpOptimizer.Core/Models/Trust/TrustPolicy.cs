namespace McpOptimizer.Core.Models.Trust;

/// <summary>What has to be approved before it can be found and called.</summary>
public enum TrustPolicy
{
    /// <summary>The first complete listing of a server is trusted; what changes or is added afterwards must be approved.</summary>
    Pin,

    /// <summary>What is seen for the first time must be approved too.</summary>
    Review,

    /// <summary>Nothing is watched, recorded or withheld.</summary>
    Off,
}
