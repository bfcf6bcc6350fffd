namespace Horreum.Client.Models;

/// <summary>An error as the Source MCP Contract describes it.</summary>
/// <param name="Code">Kind of error.</param>
/// <param name="Message">What is wrong, in one or two sentences.</param>
public sealed record ContractError(ErrorCode Code, string Message)
{
    /// <summary>What helps to mend it: the parameter, what was received, what is expected, a suggestion, the server's text.</summary>
    public IReadOnlyDictionary<string, string>? Details { get; init; }

    /// <summary>When a later call makes sense, from now.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool Retryable => Code is ErrorCode.RateLimited or ErrorCode.ServiceUnavailable or ErrorCode.Timeout;
}
