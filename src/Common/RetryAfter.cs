using System.Net.Http.Headers;

namespace Common;

/// <summary>How long a server asks to be left alone: <c>Retry-After</c> as seconds or as a date (RFC 9110, 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>The wait the answer asks for, never negative; null when it asks for none.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider clock) => Read(response.Headers.RetryAfter, clock);

    /// <summary>The wait the header asks for, never negative; null without a header.</summary>
    public static TimeSpan? Read(RetryConditionHeaderValue? header, TimeProvider clock) => header switch
    {
        { Delta: { } delta } => NotNegative(delta),
        { Date: { } date } => NotNegative(date - clock.GetUtcNow()),
        _ => null,
    };

    private static TimeSpan NotNegative(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
}
