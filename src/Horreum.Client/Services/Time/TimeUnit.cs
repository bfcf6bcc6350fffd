namespace Horreum.Client.Services.Time;

/// <summary>What durations are counted in.</summary>
internal enum TimeUnit
{
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
}
