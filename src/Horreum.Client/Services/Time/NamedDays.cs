using System.Text.RegularExpressions;

namespace Horreum.Client.Services.Time;

/// <summary>Days and parts of days that have names: yesterday, tonight, last friday, this weekend.</summary>
internal static partial class NamedDays
{
    private const int Noon = 12;

    public static DateTime? Parse(string phrase, TimeFrame frame) => Casual(phrase, frame) ?? DayPart(phrase, frame) ?? Weekday(phrase, frame);

    private static DateTime? Casual(string phrase, TimeFrame frame) => phrase switch
    {
        "now" or "today" or "right now" or "just now" => frame.Local,
        "yesterday" => frame.Local.AddDays(-1),
        "tomorrow" => frame.Local.AddDays(1),
        "the day before yesterday" or "day before yesterday" => frame.Local.AddDays(-2),
        "the day after tomorrow" or "day after tomorrow" => frame.Local.AddDays(2),
        "recently" => frame.Local.AddDays(-7),
        "midnight" => frame.Today.AddDays(1),
        "tonight" => frame.Today.AddHours(22),
        "last night" => frame.Today.AddDays(-1),
        "this week" => frame.Today.AddDays(-(int)frame.Today.DayOfWeek).AddHours(Noon),
        "this month" => new DateTime(frame.Today.Year, frame.Today.Month, 1, Noon, 0, 0),
        "this quarter" => new DateTime(frame.Today.Year, (3 * ((frame.Today.Month - 1) / 3)) + 1, 1, Noon, 0, 0),
        "this year" => new DateTime(frame.Today.Year, 1, 1, Noon, 0, 0),
        "last weekend" or "past weekend" or "previous weekend" => LastWeekend(frame.Today).AddHours(Noon),
        "this weekend" or "weekend" or "the weekend" => Next(frame.Today, DayOfWeek.Saturday).AddHours(Noon),
        "next weekend" => Next(frame.Today, DayOfWeek.Saturday).AddDays(7).AddHours(Noon),
        _ => null,
    };

    private static DateTime? DayPart(string phrase, TimeFrame frame)
    {
        Match match = DayPartPattern().Match(phrase);
        if (!match.Success)
        {
            return null;
        }

        int hour = match.Groups["part"].Value switch { "morning" => 6, "afternoon" => 15, "evening" => 20, _ => 22 };
        int days = match.Groups["day"].Value switch { "yesterday" => -1, "tomorrow" => 1, _ => 0 };
        return frame.Today.AddDays(days).AddHours(hour);
    }

    private static DateTime? Weekday(string phrase, TimeFrame frame)
    {
        Match match = WeekdayPattern().Match(phrase);
        if (!match.Success || ParseWeekday(match.Groups["name"].Value) is not { } name)
        {
            return null;
        }

        int ahead = (int)name - (int)frame.Today.DayOfWeek;
        int days = match.Groups["which"].Value switch
        {
            "last" or "past" or "previous" => ahead >= 0 ? ahead - 7 : ahead,
            "next" or "coming" => ahead + 7,
            "this" => ahead,

            // The nearest one, as people say 'on Tuesday' on a Wednesday.
            _ => ahead > 3 ? ahead - 7 : ahead < -3 ? ahead + 7 : ahead,
        };
        return frame.Today.AddDays(days).AddHours(Noon);
    }

    private static DayOfWeek? ParseWeekday(string word) => word switch
    {
        "sunday" or "sun" => DayOfWeek.Sunday,
        "monday" or "mon" => DayOfWeek.Monday,
        "tuesday" or "tue" or "tues" => DayOfWeek.Tuesday,
        "wednesday" or "wed" => DayOfWeek.Wednesday,
        "thursday" or "thu" or "thur" or "thurs" => DayOfWeek.Thursday,
        "friday" or "fri" => DayOfWeek.Friday,
        "saturday" or "sat" => DayOfWeek.Saturday,
        _ => null,
    };

    // The Sunday that ended it.
    private static DateTime LastWeekend(DateTime today) => today.AddDays(today.DayOfWeek == DayOfWeek.Sunday ? -7 : -(int)today.DayOfWeek);

    private static DateTime Next(DateTime today, DayOfWeek day) => today.AddDays(((int)day - (int)today.DayOfWeek + 7) % 7);

    [GeneratedRegex(@"^(?<day>this|yesterday|tomorrow|today) (?<part>morning|afternoon|evening|night)$")]
    private static partial Regex DayPartPattern();

    [GeneratedRegex(@"^(?:(?<which>last|past|previous|this|next|coming) )?(?<name>[a-z]+)$")]
    private static partial Regex WeekdayPattern();
}
