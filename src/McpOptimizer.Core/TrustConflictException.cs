namespace McpOptimizer.Core;

/// <summary>A decision rests on a review of something that changed meanwhile. Nothing was decided.</summary>
public sealed class TrustConflictException : Exception
{
    internal TrustConflictException(string message)
        : base(message)
    {
    }
}
