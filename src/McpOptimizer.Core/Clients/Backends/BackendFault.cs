using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>What an exception from below means for the operation, the session and the backend.</summary>
/// <param name="Failure">The kind.</param>
/// <param name="Message">For the caller, naming the server.</param>
internal sealed record BackendFault(BackendFailure Failure, string Message)
{
    /// <summary>The backend cannot have acted on the message.</summary>
    public bool NotSent { get; init; }

    /// <summary>The session is of no further use.</summary>
    public bool SessionLost { get; init; }

    /// <summary>JSON-RPC error code, for a protocol error.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What was thrown.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Whether it may be different the next time.</summary>
    public bool IsPassing => Failure is BackendFailure.Unreachable or BackendFailure.ConnectionLost or BackendFailure.Unknown;

    /// <summary>Whether the backend showed that it works, by its answer.</summary>
    public bool ShowsLife => Failure is BackendFailure.ProtocolError or BackendFailure.TooLarge or BackendFailure.Unauthorized;

    /// <summary>The fault as the caller gets it.</summary>
    public BackendException ToException(string serverName) =>
        Cause as BackendException ?? new BackendException(serverName, Failure, Message, Cause) { ErrorCode = ErrorCode, RetryAfter = RetryAfter };
}
