using System.Text.RegularExpressions;

namespace Horreum.Client.Services.Time;

/// <summary>
/// Starts and ends of periods: 'start of week', 'beginning of the month', 'end of last year'. Weeks begin on Sunday; an end is the next start.
/// </summary>
internal static partial class PeriodPhrases
{
    public static DateTime? Parse(string phrase, TimeFrame frame)
    {
        Match match = Pattern().Match(phrase);
        if (!match.Success)
        {
            return null;
        }

        string unit = match.Groups["unit"].Value;
        int offset = match.Groups["which"].Value switch
        {
            "last" or "past" or "previous" => -1,
            "next" => 1,
            _ => unit == "yesterday" ? -1 : unit == "tomorrow" ? 1 : 0,
        };
        return Start(unit, frame.Today, offset + (match.Groups["edge"].Value == "end" ? 1 : 0));
    }

    private static DateTime Start(string unit, DateTime today, int offset) => unit switch
    {
        "week" => today.AddDays(-(int)today.DayOfWeek + (7 * offset)),
        "month" => new DateTime(today.Year, today.Month, 1).AddMonths(offset),
        "quarter" => new DateTime(today.Year, (3 * ((today.Month - 1) / 3)) + 1, 1).AddMonths(3 * offset),
        "year" => new DateTime(today.Year, 1, 1).AddYears(offset),
        _ => today.AddDays(offset),
    };

    [GeneratedRegex(@"^(?:the )?(?<edge>start|beginning|end) of (?:the )?(?:(?<which>last|past|previous|this|current|next) )?(?<unit>day|today|yesterday|tomorrow|week|month|quarter|year)$")]
    private static partial Regex Pattern();
}
