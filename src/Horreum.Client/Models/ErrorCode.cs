namespace Horreum.Client.Models;

/// <summary>The error codes of the Source MCP Contract.</summary>
public enum ErrorCode
{
    /// <summary>What was asked for does not exist, or the caller may not see it.</summary>
    NotFound,

    /// <summary>The request cannot work as it is.</summary>
    InvalidRequest,

    /// <summary>Too many calls; a later one may work.</summary>
    RateLimited,

    /// <summary>Something broke that the caller cannot mend.</summary>
    InternalError,

    /// <summary>Horreum is out of reach; a later call may work.</summary>
    ServiceUnavailable,

    /// <summary>Horreum took too long; a later call may work.</summary>
    Timeout,
}
