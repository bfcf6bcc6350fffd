using System.Globalization;

namespace Horreum.Client.Services.Time;

/// <summary>
/// Reads the times that callers write: ISO 8601, numbers of seconds or milliseconds, and English phrases.
/// Phrases that count back from now keep the time of day; weekdays, weekends and months mean noon; full dates mean their first instant.
/// </summary>
internal static class TimeText
{
    /// <summary>What a message tells the caller to write.</summary>
    public const string Forms =
        "ISO 8601 (2025-09-24, 2025-09-24T10:00:00Z), milliseconds or seconds since 1970, or a phrase such as 'now', 'yesterday', " +
        "'last 7 days', '2 weeks ago', 'last monday', 'start of month', 'September 2025'";

    private const int LongestText = 100;

    /// <summary>The instant that a text means; null when it means none.</summary>
    /// <param name="text">The caller's text.</param>
    /// <param name="now">The present.</param>
    /// <param name="zone">Zone of dates and times that name none.</param>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (text.Length > LongestText)
        {
            return null;
        }

        string plain = Normalize(text);
        TimeFrame frame = new(now, zone);
        try
        {
            return plain.Length == 0
                ? null
                : Numbers(plain) ?? AbsoluteTimes.Parse(plain, frame) ?? TimePhrases.Parse(plain, frame);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Beyond what a date can hold: '99999 years ago'.
            return null;
        }
    }

    /// <summary>The text in small letters, with single blanks.</summary>
    public static string Normalize(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>4 digits are a year, 8 a date, 9 and 10 seconds, 11 to 14 milliseconds; other lengths mean nothing.</summary>
    private static DateTimeOffset? Numbers(string text)
    {
        if (!text.All(char.IsAsciiDigit))
        {
            return null;
        }

        return text.Length switch
        {
            1 when text == "0" => DateTimeOffset.UnixEpoch,
            4 when text != "0000" => new DateTimeOffset(int.Parse(text, CultureInfo.InvariantCulture), 1, 1, 0, 0, 0, TimeSpan.Zero),
            8 when DateTime.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) =>
                new DateTimeOffset(day, TimeSpan.Zero),
            9 or 10 => DateTimeOffset.FromUnixTimeSeconds(long.Parse(text, CultureInfo.InvariantCulture)),
            >= 11 and <= 14 => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture)),
            _ => null,
        };
    }
}
