namespace Coder.Client.Models;

/// <summary>Kinds of faults.</summary>
public enum FleetErrorCode
{
    /// <summary>Something unexpected.</summary>
    Internal = 0,

    /// <summary>An argument breaks a rule.</summary>
    InvalidInput,

    /// <summary>No such agent, project or role.</summary>
    NotFound,

    /// <summary>The name is in use, or the agent is in the wrong state.</summary>
    Conflict,

    /// <summary>Coder or the agent cannot be reached; the same call may succeed later.</summary>
    Unavailable,

    /// <summary>A build of the workspace failed or was cancelled.</summary>
    BuildFailed,

    /// <summary>Coder refused the session token, or the token's user may not do this.</summary>
    Unauthorized,
}
