using System.Globalization;
using System.Text.RegularExpressions;

namespace Horreum.Client.Services.Time;

/// <summary>Reads dates that stand for themselves: ISO 8601 with its week and month forms, RFC 2822, quarters. Impossible dates mean nothing.</summary>
internal static partial class AbsoluteTimes
{
    public static DateTimeOffset? Parse(string text, TimeFrame frame) =>
        Iso(text, frame) ?? IsoWeek(text, frame) ?? Quarter(text, frame) ?? Rfc2822(text, frame);

    private static DateTimeOffset? Iso(string text, TimeFrame frame)
    {
        Match match = IsoPattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        string day = match.Groups["day"] is { Success: true } group ? group.Value : "01";
        return Day($"{match.Groups["year"]}-{match.Groups["month"]}-{day}") is { } date
            ? ClockTime.Apply(date, match.Groups["time"].Value, match.Groups["zone"].Value, frame)
            : null;
    }

    private static DateTimeOffset? IsoWeek(string text, TimeFrame frame)
    {
        Match match = WeekPattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        int year = Number(match, "year");
        int week = Number(match, "week");
        int day = match.Groups["day"].Success ? Number(match, "day") : 1;
        return week >= 1 && week <= ISOWeek.GetWeeksInYear(year) && day is >= 1 and <= 7
            ? frame.At(ISOWeek.ToDateTime(year, week, (DayOfWeek)(day % 7)))
            : null;
    }

    private static DateTimeOffset? Quarter(string text, TimeFrame frame)
    {
        Match match = QuarterPattern().Match(text);
        return match.Success ? frame.At(new DateTime(Number(match, "year"), (3 * (Number(match, "quarter") - 1)) + 1, 1)) : null;
    }

    private static DateTimeOffset? Rfc2822(string text, TimeFrame frame)
    {
        Match match = RfcPattern().Match(text);
        return match.Success && CalendarDates.Parse(match.Groups["date"].Value, frame) is { } date
            ? ClockTime.Apply(date.Date, match.Groups["time"].Value, match.Groups["zone"].Value, frame)
            : null;
    }

    private static DateTime? Day(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) ? day : null;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<year>\d{4})-(?<month>\d{2})(?:-(?<day>\d{2})(?:[t ](?<time>\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?) ?(?<zone>z|utc|gmt|[a-z]{3,4}|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?)?$")]
    private static partial Regex IsoPattern();

    [GeneratedRegex(@"^(?<year>[1-9]\d{3})-?w(?<week>\d{2})(?:-(?<day>\d))?$")]
    private static partial Regex WeekPattern();

    [GeneratedRegex(@"^(?:q(?<quarter>[1-4]) |(?=[1-9]\d{3}))(?<year>[1-9]\d{3})(?(quarter)|(?:-| )q(?<quarter>[1-4]))$")]
    private static partial Regex QuarterPattern();

    [GeneratedRegex(@"^(?:(?:mon|tue|wed|thu|fri|sat|sun),? )(?<date>\d{1,2} [a-z]{3} \d{4}) (?<time>\d{2}:\d{2}(?::\d{2})?) (?<zone>[a-z]{1,4}|[+-]\d{4})$")]
    private static partial Regex RfcPattern();
}
