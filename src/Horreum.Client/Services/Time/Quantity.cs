using System.Globalization;
using System.Text.RegularExpressions;

namespace Horreum.Client.Services.Time;

/// <summary>An amount of a unit, as in <c>7d</c>, <c>two weeks</c> or <c>half an hour</c>.</summary>
internal readonly partial record struct Quantity(double Amount, TimeUnit Unit)
{
    private static readonly Dictionary<string, double> Words = new()
    {
        ["half a"] = 0.5,
        ["half an"] = 0.5,
        ["half"] = 0.5,
        ["a"] = 1,
        ["an"] = 1,
        ["one"] = 1,
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11,
        ["twelve"] = 12,
        ["few"] = 3,
        ["a few"] = 3,
        ["couple"] = 2,
        ["a couple"] = 2,
        ["couple of"] = 2,
        ["a couple of"] = 2,
        ["several"] = 7,
    };

    private static readonly Dictionary<string, TimeUnit> Units = new()
    {
        ["s"] = TimeUnit.Second,
        ["sec"] = TimeUnit.Second,
        ["secs"] = TimeUnit.Second,
        ["second"] = TimeUnit.Second,
        ["seconds"] = TimeUnit.Second,
        ["m"] = TimeUnit.Minute,
        ["min"] = TimeUnit.Minute,
        ["mins"] = TimeUnit.Minute,
        ["minute"] = TimeUnit.Minute,
        ["minutes"] = TimeUnit.Minute,
        ["h"] = TimeUnit.Hour,
        ["hr"] = TimeUnit.Hour,
        ["hrs"] = TimeUnit.Hour,
        ["hour"] = TimeUnit.Hour,
        ["hours"] = TimeUnit.Hour,
        ["d"] = TimeUnit.Day,
        ["day"] = TimeUnit.Day,
        ["days"] = TimeUnit.Day,
        ["w"] = TimeUnit.Week,
        ["wk"] = TimeUnit.Week,
        ["wks"] = TimeUnit.Week,
        ["week"] = TimeUnit.Week,
        ["weeks"] = TimeUnit.Week,
        ["fortnight"] = TimeUnit.Fortnight,
        ["fortnights"] = TimeUnit.Fortnight,
        ["mo"] = TimeUnit.Month,
        ["mos"] = TimeUnit.Month,
        ["month"] = TimeUnit.Month,
        ["months"] = TimeUnit.Month,
        ["q"] = TimeUnit.Quarter,
        ["qtr"] = TimeUnit.Quarter,
        ["quarter"] = TimeUnit.Quarter,
        ["quarters"] = TimeUnit.Quarter,
        ["y"] = TimeUnit.Year,
        ["yr"] = TimeUnit.Year,
        ["yrs"] = TimeUnit.Year,
        ["year"] = TimeUnit.Year,
        ["years"] = TimeUnit.Year,
    };

    /// <summary>A unit word; null for any other word.</summary>
    public static TimeUnit? ParseUnit(string word) => Units.TryGetValue(word, out TimeUnit unit) ? unit : null;

    /// <summary>One amount or several in a row (<c>1h 30m</c>, <c>1 day and 2 hours</c>); null when the text is anything else.</summary>
    public static IReadOnlyList<Quantity>? ParseAll(string text)
    {
        List<Quantity> quantities = [];
        for (int at = 0; at < text.Length;)
        {
            Match match = Part().Match(text, at);
            if (!match.Success
                || ParseUnit(match.Groups["unit"].Value) is not { } unit
                || ParseAmount(match.Groups["amount"].Value) is not { } amount)
            {
                return null;
            }

            quantities.Add(new Quantity(amount, unit));
            at += match.Length;
        }

        return quantities.Count == 0 ? null : quantities;
    }

    /// <summary>The time this long after (or, negative, before) a wall-clock time. Months keep the day where it exists.</summary>
    public DateTime AddTo(DateTime time, int sign)
    {
        double amount = Amount * sign;
        return Unit switch
        {
            TimeUnit.Second => time.AddSeconds(amount),
            TimeUnit.Minute => time.AddMinutes(amount),
            TimeUnit.Hour => time.AddHours(amount),
            TimeUnit.Day => time.AddDays(amount),
            TimeUnit.Week => time.AddDays(7 * amount),
            TimeUnit.Fortnight => time.AddDays(14 * amount),
            TimeUnit.Month => AddMonths(time, amount),
            TimeUnit.Quarter => AddMonths(time, 3 * amount),
            _ => AddMonths(time, 12 * amount),
        };
    }

    private static DateTime AddMonths(DateTime time, double months)
    {
        if (Math.Abs(months) > 120_000)
        {
            throw new ArgumentOutOfRangeException(nameof(months));
        }

        int whole = (int)Math.Truncate(months);
        return time.AddMonths(whole).AddDays((months - whole) * 30);
    }

    private static double? ParseAmount(string text)
    {
        if (Words.TryGetValue(text, out double word))
        {
            return word;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number <= 1e9 ? number : null;
    }

    [GeneratedRegex(@"\G(?:,? ?(?:and )?)(?:(?<amount>\d+(?:\.\d+)?) ?|(?<amount>half an?|half|a few|a couple of|a couple|couple of|couple|[a-z]+) )(?<unit>[a-z]+)(?= |,|$|\d)")]
    private static partial Regex Part();
}
