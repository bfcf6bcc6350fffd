using System.Globalization;
using System.Net;

namespace Fleet.Metadata.Clients.Forge;

/// <summary>Reads from status and headers whether a forge wants to be left alone, and for how long.</summary>
internal static class RateLimit
{
    // What GitHub's documentation asks for when a secondary limit comes without a time.
    private static readonly TimeSpan WithoutTime = TimeSpan.FromMinutes(1);

    // Both forges count by the hour at most.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly string[] RemainingNames = ["x-ratelimit-remaining", "RateLimit-Remaining"];
    private static readonly string[] ResetNames = ["x-ratelimit-reset", "RateLimit-Reset"];

    /// <summary>The time to wait; null when the response tells of no limit.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        bool refused = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden;
        if (refused && RetryAfter.Read(response, time) is { } wait)
        {
            return Bound(wait);
        }

        if (Number(response, RemainingNames) == 0)
        {
            return Number(response, ResetNames) is { } reset && reset < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                ? Bound(DateTimeOffset.FromUnixTimeSeconds(reset) - time.GetUtcNow())
                : WithoutTime;
        }

        return response.StatusCode == HttpStatusCode.TooManyRequests ? WithoutTime : null;
    }

    // A moment that has passed, by a clock that differs from ours, is no leave to ask again at once; one in years is no order to stay silent so long.
    private static TimeSpan Bound(TimeSpan wait) => wait <= TimeSpan.Zero ? WithoutTime : wait < Longest ? wait : Longest;

    private static long? Number(HttpResponseMessage response, string[] names)
    {
        foreach (string name in names)
        {
            if (response.Headers.TryGetValues(name, out IEnumerable<string>? values)
                && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                return number;
            }
        }

        return null;
    }
}
