using System.Globalization;
using System.Text.RegularExpressions;

namespace Horreum.Client.Services.Time;

/// <summary>Times of day, with a zone where one is named.</summary>
internal static partial class ClockTime
{
    private static readonly Dictionary<string, double> Zones = new()
    {
        ["z"] = 0,
        ["utc"] = 0,
        ["gmt"] = 0,
        ["ut"] = 0,
        ["est"] = -5,
        ["edt"] = -4,
        ["cst"] = -6,
        ["cdt"] = -5,
        ["mst"] = -7,
        ["mdt"] = -6,
        ["pst"] = -8,
        ["pdt"] = -7,
        ["bst"] = 1,
        ["cet"] = 1,
        ["cest"] = 2,
        ["eet"] = 2,
        ["eest"] = 3,
        ["msk"] = 3,
        ["ist"] = 5.5,
        ["jst"] = 9,
    };

    /// <summary>A date at a time; null when either the time or the zone is not one.</summary>
    public static DateTimeOffset? Apply(DateTime date, string time, string zone, TimeFrame frame)
    {
        TimeSpan? clock = time.Length == 0 ? TimeSpan.Zero : Parse(time);
        if (clock is null)
        {
            return null;
        }

        DateTime local = date.Date + clock.Value;
        if (zone.Length == 0)
        {
            return frame.At(local);
        }

        return ParseZone(zone) is { } offset ? new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), offset).ToUniversalTime() : null;
    }

    /// <summary>The time of day that a text means: <c>17:00</c>, <c>9:30:15</c>, <c>5pm</c>, <c>noon</c>.</summary>
    public static TimeSpan? Parse(string text)
    {
        switch (text)
        {
            case "noon" or "midday":
                return TimeSpan.FromHours(12);
            case "midnight":
                return TimeSpan.Zero;
        }

        Match match = Pattern().Match(text);
        if (!match.Success || (!match.Groups["minute"].Success && !match.Groups["half"].Success))
        {
            return null;
        }

        int hour = int.Parse(match.Groups["hour"].ValueSpan, CultureInfo.InvariantCulture);
        int minute = match.Groups["minute"].Success ? int.Parse(match.Groups["minute"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        double second = match.Groups["second"].Success ? double.Parse(match.Groups["second"].Value.Replace(',', '.'), CultureInfo.InvariantCulture) : 0;
        if (match.Groups["half"].Success)
        {
            if (hour is < 1 or > 12)
            {
                return null;
            }

            hour = (hour % 12) + (match.Groups["half"].ValueSpan[0] == 'p' ? 12 : 0);
        }

        // Whole milliseconds: that is what Horreum keeps.
        return hour < 24 && minute < 60 && second < 60 ? new TimeSpan(0, hour, minute, 0, (int)Math.Round(second * 1000)) : null;
    }

    private static TimeSpan? ParseZone(string text)
    {
        if (Zones.TryGetValue(text, out double hours))
        {
            return TimeSpan.FromHours(hours);
        }

        Match match = OffsetPattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        TimeSpan offset = new(
            int.Parse(match.Groups["hour"].ValueSpan, CultureInfo.InvariantCulture),
            match.Groups["minute"].Success ? int.Parse(match.Groups["minute"].ValueSpan, CultureInfo.InvariantCulture) : 0,
            0);
        return offset > TimeSpan.FromHours(14) ? null : text[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(@"^(?<hour>\d{1,2})(?::(?<minute>\d{2})(?::(?<second>\d{2}(?:[.,]\d{1,9})?))?)? ?(?<half>am|pm|a\.m\.|p\.m\.)?$")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^[+-](?<hour>\d{2}):?(?<minute>[0-5]\d)?$")]
    private static partial Regex OffsetPattern();
}
