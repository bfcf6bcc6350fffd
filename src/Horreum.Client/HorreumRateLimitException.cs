namespace Horreum.Client;

/// <summary>So many calls wait for <see cref="HorreumClientOptions.RequestsPerSecond"/> that this one would wait too long; it was not sent.</summary>
public sealed class HorreumRateLimitException : HttpRequestException
{
    internal HorreumRateLimitException(string message)
        : base(message)
    {
    }

    /// <summary>When the queue is short enough again, from now.</summary>
    public required TimeSpan RetryAfter { get; init; }
}
