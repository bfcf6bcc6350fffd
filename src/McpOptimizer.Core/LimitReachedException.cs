namespace McpOptimizer.Core;

/// <summary>The caller's profile allows no further search at the moment.</summary>
public sealed class LimitReachedException : Exception
{
    /// <summary>Creates the exception with a reason for the caller.</summary>
    public LimitReachedException(string message)
        : base(message)
    {
    }
}
