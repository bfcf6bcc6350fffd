namespace McpOptimizer.Core.Clients.Backends;

/// <summary>POSIX signals used here, by their numbers.</summary>
internal enum ProcessSignal
{
    /// <summary>No signal: only asks whether the process exists.</summary>
    None = 0,

    /// <summary>End now, without being asked.</summary>
    Kill = 9,

    /// <summary>End in an orderly way.</summary>
    Terminate = 15,
}
