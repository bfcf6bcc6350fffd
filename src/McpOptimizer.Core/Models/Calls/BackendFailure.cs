namespace McpOptimizer.Core.Models.Calls;

/// <summary>Why an operation on a backend failed.</summary>
public enum BackendFailure
{
    /// <summary>Something unforeseen; the inner exception says more.</summary>
    Unknown = 0,

    /// <summary>The backend could not be connected to, or its program did not start.</summary>
    Unreachable,

    /// <summary>No answer within the time allowed.</summary>
    TimedOut,

    /// <summary>The connection was lost while the backend worked; whether it did what was asked is not known.</summary>
    ConnectionLost,

    /// <summary>The backend failed several times in a row and is left alone for a while.</summary>
    CircuitOpen,

    /// <summary>A limit of ours is reached: sessions, or operations under way.</summary>
    Busy,

    /// <summary>The backend's answer is larger than allowed, or a listing has too many items or pages.</summary>
    TooLarge,

    /// <summary>The backend's address, or where it redirects to, is not allowed.</summary>
    AddressRefused,

    /// <summary>The backend answered with an MCP protocol error.</summary>
    ProtocolError,

    /// <summary>The backend's entry cannot work as it is: no address, no command, or one that does not exist.</summary>
    InvalidEndpoint,

    /// <summary>The backend refused the credentials.</summary>
    Unauthorized,
}
