using System.Globalization;
using System.Text.RegularExpressions;

namespace Horreum.Client.Services.Time;

/// <summary>Dates written with month names or slashes. A date with a year means its first instant; without one, the nearest such day.</summary>
internal static partial class CalendarDates
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>The wall-clock time that a date means; null when it is none.</summary>
    public static DateTime? Parse(string text, TimeFrame frame) => Slashes(text) ?? Named(text, frame) ?? MonthAlone(text, frame);

    /// <summary>The number of a month's name or its first three letters; null for any other word.</summary>
    public static int? Month(string word)
    {
        if (word.Length < 3)
        {
            return null;
        }

        int index = Array.FindIndex(Months, month => month == word || month[..3] == word || (word == "sept" && month == "september"));
        return index < 0 ? null : index + 1;
    }

    // Month first; a number above 12 in its place can only be a day, and then noon is meant, as phrases have it.
    private static DateTime? Slashes(string text)
    {
        Match match = SlashPattern().Match(text);
        if (match.Success)
        {
            int first = Number(match, "first");
            int second = Number(match, "second");
            return first <= 12 ? Day(Number(match, "year"), first, second) : Day(Number(match, "year"), second, first)?.AddHours(12);
        }

        match = YearFirstPattern().Match(text);
        return match.Success ? Day(Number(match, "year"), Number(match, "month"), Number(match, "day")) : null;
    }

    private static DateTime? Named(string text, TimeFrame frame)
    {
        Match match = DayFirstPattern().Match(text);
        if (!match.Success)
        {
            match = MonthFirstPattern().Match(text);
        }

        if (!match.Success || Month(match.Groups["month"].Value) is not { } month)
        {
            return null;
        }

        int day = Number(match, "day");
        return match.Groups["year"].Success
            ? Day(Number(match, "year"), month, day)
            : Nearest(frame, year => Day(year, month, day));
    }

    private static DateTime? MonthAlone(string text, TimeFrame frame)
    {
        Match match = MonthPattern().Match(text);
        if (!match.Success || Month(match.Groups["month"].Value) is not { } month)
        {
            return null;
        }

        DateTime? first = match.Groups["year"].Success
            ? Day(Number(match, "year"), month, 1)
            : match.Groups["which"].Value switch
            {
                "last " or "past " or "previous " => Day(frame.Local.Year - (month >= frame.Local.Month ? 1 : 0), month, 1),
                "next " => Day(frame.Local.Year + (month <= frame.Local.Month ? 1 : 0), month, 1),
                "this " => Day(frame.Local.Year, month, 1),
                _ => Nearest(frame, year => Day(year, month, 1)),
            };
        return first?.AddHours(12);
    }

    private static DateTime? Nearest(TimeFrame frame, Func<int, DateTime?> inYear) => Enumerable.Range(frame.Local.Year - 1, 3)
        .Select(inYear)
        .Where(day => day is not null)
        .MinBy(day => Math.Abs((day!.Value - frame.Local).Ticks));

    private static DateTime? Day(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateTime(year, month, day) : null;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<first>\d{1,2})/(?<second>\d{1,2})/(?<year>\d{4})$")]
    private static partial Regex SlashPattern();

    [GeneratedRegex(@"^(?<year>\d{4})/(?<month>\d{1,2})/(?<day>\d{1,2})$")]
    private static partial Regex YearFirstPattern();

    [GeneratedRegex(@"^(?:the )?(?<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](?<month>[a-z]+)\.?(?:,?[ -](?<year>\d{4}))?$")]
    private static partial Regex DayFirstPattern();

    [GeneratedRegex(@"^(?<month>[a-z]+)\.? (?:the )?(?<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?<year>\d{4}))?$")]
    private static partial Regex MonthFirstPattern();

    [GeneratedRegex(@"^(?:in )?(?<which>last |past |previous |next |this )?(?<month>[a-z]+)\.?(?:,? (?<year>\d{4}))?$")]
    private static partial Regex MonthPattern();
}
