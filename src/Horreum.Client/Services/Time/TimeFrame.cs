namespace Horreum.Client.Services.Time;

/// <summary>The present, and the zone in which days begin.</summary>
internal sealed class TimeFrame(DateTimeOffset now, TimeZoneInfo zone)
{
    public DateTimeOffset Now { get; } = now.ToUniversalTime();

    /// <summary>The present on the wall clock of the zone.</summary>
    public DateTime Local { get; } = TimeZoneInfo.ConvertTime(now, zone).DateTime;

    /// <summary>Today at the zone's midnight.</summary>
    public DateTime Today => Local.Date;

    /// <summary>The instant of a wall-clock time; a time that the zone skips moves on by the gap.</summary>
    public DateTimeOffset At(DateTime local)
    {
        DateTime wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(wall))
        {
            wall = wall.AddHours(1);
        }

        return new DateTimeOffset(wall, zone.GetUtcOffset(wall)).ToUniversalTime();
    }
}
