using System.Net;
using System.Security.Cryptography;

namespace Horreum.Client.Clients;

/// <summary>Says whether and when a failed call is repeated.</summary>
internal static class RetryPolicy
{
    /// <summary>Wait before the next attempt; null when there must not be one.</summary>
    public static TimeSpan? Next(HorreumClientOptions options, HttpMethod method, Exception failure, int attempt)
    {
        if (attempt >= options.MaxRetries || !MayRepeat(method, failure))
        {
            return null;
        }

        TimeSpan? asked = (failure as HorreumApiException)?.RetryAfter;
        if (asked is { } wait)
        {
            return wait <= options.MaxRetryDelay ? wait + Jitter(TimeSpan.FromMilliseconds(100)) : null;
        }

        double backoff = options.RetryDelay.TotalMilliseconds * Math.Pow(2, attempt);
        TimeSpan limit = TimeSpan.FromMilliseconds(Math.Min(backoff, options.MaxRetryDelay.TotalMilliseconds));
        return (limit / 2) + Jitter(limit / 2);
    }

    private static bool MayRepeat(HttpMethod method, Exception failure)
    {
        bool idempotent = method == HttpMethod.Get;
        return failure switch
        {
            HorreumApiException api => idempotent && api.StatusCode
                is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
            HorreumTimeoutException or HorreumRateLimitException or HorreumResponseTooLargeException => false,

            // No connection means nothing was sent, so that even a write may be repeated.
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => true,
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => false,
            HttpRequestException or IOException => idempotent,
            _ => false,
        };
    }

    private static TimeSpan Jitter(TimeSpan most) =>
        TimeSpan.FromMilliseconds(most.TotalMilliseconds * RandomNumberGenerator.GetInt32(0, 1001) / 1000);
}
