namespace McpOptimizer.Core.Models.Calls;

/// <summary>What the connection to a backend is doing.</summary>
public enum BackendState
{
    /// <summary>Not connected; the next operation connects.</summary>
    Idle = 0,

    /// <summary>A connection is coming up.</summary>
    Connecting,

    /// <summary>Connected.</summary>
    Connected,

    /// <summary>Left alone after several failures.</summary>
    Broken,
}
