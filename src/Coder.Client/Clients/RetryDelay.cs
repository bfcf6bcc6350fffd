using System.Globalization;

namespace Coder.Client.Clients;

/// <summary>How long Coder asks to be left alone: <c>Retry-After</c>, or the end of its rate limit's window.</summary>
internal static class RetryDelay
{
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider clock)
    {
        if (RetryAfter.Read(response, clock) is { } asked)
        {
            return asked;
        }

        bool limited = (int)response.StatusCode == 429;
        if (limited && response.Headers.TryGetValues(CoderHeaders.RateLimitReset, out IEnumerable<string>? values)
            && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            TimeSpan wait = DateTimeOffset.FromUnixTimeSeconds(seconds) - clock.GetUtcNow();
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        }

        return null;
    }
}
