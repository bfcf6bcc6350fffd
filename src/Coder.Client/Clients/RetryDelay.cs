using System.Globalization;

namespace Coder.Client.Clients;

/// <summary>How long a server asks to be left alone.</summary>
internal static class RetryDelay
{
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider clock)
    {
        if (response.Headers.RetryAfter is { } header)
        {
            TimeSpan? wait = header.Delta ?? header.Date - clock.GetUtcNow();
            return wait is { } w && w < TimeSpan.Zero ? TimeSpan.Zero : wait;
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
