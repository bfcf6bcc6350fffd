namespace McpOptimizer.Core.Clients.Backends;

/// <summary>Why a session is given up.</summary>
internal enum SessionEnd
{
    /// <summary>It broke. What else is under way on it may still end.</summary>
    Lost = 0,

    /// <summary>The backend does not answer on it any more.</summary>
    Dead,

    /// <summary>Nobody wants it.</summary>
    Unwanted,
}
