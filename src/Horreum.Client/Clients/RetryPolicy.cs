using System.Net;

namespace Horreum.Client.Clients;

/// <summary>Says whether a failed call may be repeated.</summary>
internal static class RetryPolicy
{
    /// <summary>True when the failure may pass, a second call does no harm, and the server does not ask for a longer wait than <paramref name="longest"/>.</summary>
    public static bool MayRepeat(HttpMethod method, Exception? failure, TimeSpan longest)
    {
        bool idempotent = method == HttpMethod.Get;
        return failure switch
        {
            HorreumApiException { RetryAfter: { } asked } when asked > longest => false,
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
}
