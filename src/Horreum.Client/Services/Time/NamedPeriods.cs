using System.Text.RegularExpressions;

namespace Horreum.Client.Services.Time;

/// <summary>Texts that name a day, a week, a month, a quarter or a year rather than an instant.</summary>
internal static partial class NamedPeriods
{
    private const string Months = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";

    private const string Weekdays = "(?:sun|mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur)(?:day)?";

    /// <summary>The period that a text names; null when it names an instant.</summary>
    /// <param name="text">The caller's text.</param>
    /// <param name="moment">The instant that it was read as, which lies in the period.</param>
    /// <param name="zone">Zone in which days begin.</param>
    public static (DateTimeOffset Start, DateTimeOffset End)? Find(string text, DateTimeOffset moment, TimeZoneInfo zone)
    {
        string plain = TimeText.Normalize(text);

        // Plain numbers are read in UTC wherever the server is.
        TimeZoneInfo used = plain.All(char.IsAsciiDigit) ? TimeZoneInfo.Utc : zone;
        TimeFrame frame = new(moment, used);
        DateTime day = TimeZoneInfo.ConvertTime(moment, used).Date;
        (DateTime Start, DateTime End)? period =
            DayPattern().IsMatch(plain) ? (day, day.AddDays(1))
            : WeekPattern().IsMatch(plain) ? (day, day.AddDays(7))
            : MonthPattern().IsMatch(plain) ? (First(day), First(day).AddMonths(1))
            : QuarterPattern().IsMatch(plain) ? (Quarter(day), Quarter(day).AddMonths(3))
            : YearPattern().IsMatch(plain) ? (new DateTime(day.Year, 1, 1), new DateTime(day.Year, 1, 1).AddYears(1))
            : null;
        return period is { } found ? (frame.At(found.Start), frame.At(found.End)) : null;
    }

    private static DateTime First(DateTime day) => new(day.Year, day.Month, 1);

    private static DateTime Quarter(DateTime day) => new(day.Year, (3 * ((day.Month - 1) / 3)) + 1, 1);

    [GeneratedRegex(
        @"^(?:since |on |from )?(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-?w\d{2}-\d"
        + @"|today|yesterday|tomorrow|(?:the )?day (?:before yesterday|after tomorrow)"
        + @"|(?:(?:last|past|previous|this|next|coming) )?" + Weekdays
        + @"|(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -]" + Months + @"\.?(?:,?[ -]\d{4})?"
        + "|" + Months + @"\.? (?:the )?\d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?)$")]
    private static partial Regex DayPattern();

    [GeneratedRegex(@"^\d{4}-?w\d{2}$")]
    private static partial Regex WeekPattern();

    [GeneratedRegex(@"^(?:\d{4}-\d{2}|this month|(?:in )?(?:last |past |previous |next |this )?" + Months + @"\.?(?:,? \d{4})?)$")]
    private static partial Regex MonthPattern();

    [GeneratedRegex(@"^(?:q[1-4] \d{4}|\d{4}[- ]q[1-4]|this quarter)$")]
    private static partial Regex QuarterPattern();

    [GeneratedRegex(@"^(?:\d{4}|this year)$")]
    private static partial Regex YearPattern();
}
