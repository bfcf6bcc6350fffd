using System.Text.RegularExpressions;

namespace Horreum.Client.Services.Time;

/// <summary>Reads English phrases. Whatever is not understood from the first letter to the last means nothing, so that no part is dropped silently.</summary>
internal static partial class TimePhrases
{
    private const int DeepestPhrase = 4;

    /// <summary>The instant that a phrase means; null when it means none.</summary>
    public static DateTimeOffset? Parse(string text, TimeFrame frame, int depth = 0)
    {
        if (depth > DeepestPhrase)
        {
            return null;
        }

        string phrase = Opening().Replace(text, "");
        return Local(phrase, frame, depth) is { } local ? frame.At(local) : WithClock(phrase, frame, depth);
    }

    private static DateTime? Local(string phrase, TimeFrame frame, int depth) =>
        NamedDays.Parse(phrase, frame)
        ?? PeriodPhrases.Parse(phrase, frame)
        ?? Durations(phrase, frame)
        ?? Relative(phrase, frame, depth)
        ?? CalendarDates.Parse(phrase, frame)
        ?? (ClockTime.Parse(phrase) is { } clock && phrase != "midnight" ? frame.Today + clock : null);

    // 'last 7 days', '7 days ago', '-7d', '7d', 'in 2 days', 'now-7d', '5 days later'.
    private static DateTime? Durations(string phrase, TimeFrame frame)
    {
        foreach ((Regex pattern, int sign) in new[] { (Past(), -1), (Future(), 1) })
        {
            Match match = pattern.Match(phrase);
            if (match.Success && Quantity.ParseAll(match.Groups["amount"].Value) is { } quantities)
            {
                return Shift(frame.Local, quantities, sign);
            }
        }

        Match single = SinglePeriod().Match(phrase);
        if (single.Success && Quantity.ParseUnit(single.Groups["unit"].Value) is { } unit)
        {
            return new Quantity(1, unit).AddTo(frame.Local, single.Groups["which"].Value is "next" or "coming" ? 1 : -1);
        }

        return Quantity.ParseAll(phrase) is { } bare ? Shift(frame.Local, bare, -1) : null;
    }

    // '2 days before yesterday'.
    private static DateTime? Relative(string phrase, TimeFrame frame, int depth)
    {
        Match match = Around().Match(phrase);
        if (!match.Success || depth >= DeepestPhrase || Quantity.ParseAll(match.Groups["amount"].Value) is not { } quantities)
        {
            return null;
        }

        DateTime? anchor = Local(match.Groups["anchor"].Value, frame, depth + 1);
        return anchor is { } time ? Shift(time, quantities, match.Groups["side"].Value == "before" ? -1 : 1) : null;
    }

    // 'yesterday at 5pm', 'September 24, 2025 10:00', '12:30 utc'.
    private static DateTimeOffset? WithClock(string phrase, TimeFrame frame, int depth)
    {
        Match match = Clock().Match(phrase);
        if (!match.Success)
        {
            return null;
        }

        string day = match.Groups["day"].Value;
        DateTime? date = day.Length == 0 ? frame.Today : Local(day, frame, depth + 1);
        return date is { } known ? ClockTime.Apply(known.Date, match.Groups["time"].Value, match.Groups["zone"].Value, frame) : null;
    }

    private static DateTime Shift(DateTime time, IReadOnlyList<Quantity> quantities, int sign) =>
        quantities.Aggregate(time, (moved, quantity) => quantity.AddTo(moved, sign));

    [GeneratedRegex(@"^(?:since|on|from) (?!now$)")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^(?:(?:the )?(?:last|past|previous) (?<amount>.+)|(?:now ?)?- ?(?<amount>\d.*?)(?: ago)?|(?<amount>.+?) (?:ago|before now|earlier))$")]
    private static partial Regex Past();

    [GeneratedRegex(@"^(?:(?:the )?next (?<amount>.+)|(?:now ?)?\+ ?(?<amount>\d.*)|in (?<amount>.+)|(?<amount>.+?) (?:from now|later|hence))$")]
    private static partial Regex Future();

    [GeneratedRegex(@"^(?:the )?(?<which>last|past|previous|next|coming) (?<unit>[a-z]+)$")]
    private static partial Regex SinglePeriod();

    [GeneratedRegex(@"^(?<amount>.+?) (?<side>before|after|from) (?<anchor>.+)$")]
    private static partial Regex Around();

    [GeneratedRegex(@"^(?<day>.*?)(?:,? ?(?:at )?)(?<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?[ap]m)?|\d{1,2} ?[ap]m|noon|midnight)(?: (?<zone>[a-z]{1,4}|[+-]\d{2}:?\d{2}))?$")]
    private static partial Regex Clock();
}
