using System.Globalization;
using Horreum.Client.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Services.Time;

/// <summary>
/// Turns the texts of a request into the interval <c>from ≤ start &lt; to</c>. Equal bounds mean the moment itself, or the whole day (month, year …) when they
/// name one: nobody asks for nothing.
/// </summary>
internal sealed partial class TimeRangeResolver(IOptions<HorreumContractOptions> options, TimeProvider time, ILogger<TimeRangeResolver> logger)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>The interval; open on both sides when all time is asked for.</summary>
    /// <param name="from">First bound; blank for none, <c>all</c> for explicitly none.</param>
    /// <param name="to">Second bound; blank for none.</param>
    /// <param name="useDefault">Whether the default range applies when neither bound is given.</param>
    /// <exception cref="HorreumContractException">A bound is not a time.</exception>
    public AppliedTimeRange Resolve(string? from, string? to, bool useDefault = true)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool all = IsAll(from) || (string.IsNullOrWhiteSpace(from) && IsAll(to));
        DateTimeOffset? start = all ? null : Parse("from", from, now);
        DateTimeOffset? end = IsAll(to) ? null : Parse("to", to, now);
        if (start is null && end is null && !all && useDefault && options.Value.DefaultTimeRange is { } range)
        {
            LogDefault(logger, range);
            return new AppliedTimeRange { From = Floor(now - range), To = null, Defaulted = true };
        }

        if (start == end && start is { } moment)
        {
            return Same(from!, to!, moment);
        }

        return start > end && options.Value.StrictTimes
            ? throw HorreumContractException.Invalid("from", from, $"a time that is not later than to ({to})")
            : new AppliedTimeRange { From = start, To = end };
    }

    /// <summary>What to tell about an interval that ends before it begins; null about any other.</summary>
    public static string? WarnOfReversed(AppliedTimeRange range) => range is { From: { } from, To: { } to } && from > to
        ? $"from ({from:yyyy-MM-ddTHH:mm:ss.fffZ}) is later than to ({to:yyyy-MM-ddTHH:mm:ss.fffZ}): nothing lies between them."
        : null;

    private AppliedTimeRange Same(string from, string to, DateTimeOffset moment)
    {
        DateTimeOffset end = NamedPeriods.Find(to, moment, _zone)?.End ?? moment.AddMilliseconds(1);
        DateTimeOffset start = NamedPeriods.Find(from, moment, _zone)?.Start ?? moment;
        return new AppliedTimeRange { From = Floor(start), To = Floor(end) };
    }

    /// <summary>One moment, in milliseconds since 1970.</summary>
    /// <exception cref="HorreumContractException">The text is not a time.</exception>
    public string ParseMoment(string parameter, string text) =>
        Parse(parameter, text, time.GetUtcNow())?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
            ?? throw HorreumContractException.Invalid(parameter, null, TimeText.Forms);

    private DateTimeOffset? Parse(string parameter, string? text, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        DateTimeOffset moment = TimeText.Parse(text, now, _zone) ?? throw HorreumContractException.Invalid(parameter, text, TimeText.Forms);
        return Floor(moment);
    }

    private static bool IsAll(string? text) => text?.Trim().ToLowerInvariant() is "all" or "all time" or "ever" or "beginning" or "any";

    private static DateTimeOffset Floor(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());

    [LoggerMessage(EventId = 10, Level = LogLevel.Debug, Message = "time-range-default-applied: the last {Range}.")]
    private static partial void LogDefault(ILogger logger, TimeSpan range);
}
