using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core;

/// <summary>An operation on a backend MCP server failed. The message is written for the caller: it names the server and what to do, and holds no secret.</summary>
public sealed class BackendException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="serverName">The backend.</param>
    /// <param name="failure">Why.</param>
    /// <param name="message">What happened, for the caller.</param>
    /// <param name="inner">What lies behind it, for the log.</param>
    public BackendException(string serverName, BackendFailure failure, string message, Exception? inner = null)
        : base(message, inner)
    {
        ServerName = serverName;
        Failure = failure;
    }

    /// <summary>The backend.</summary>
    public string ServerName { get; }

    /// <summary>Why it failed.</summary>
    public BackendFailure Failure { get; }

    /// <summary>The JSON-RPC error code of the backend for <see cref="BackendFailure.ProtocolError"/>; else null.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>When it makes sense to try again, counted from now; null when that is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
