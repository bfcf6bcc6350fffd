namespace Shared.Testing;

/// <summary>
/// Dates stand still until moved; timestamps run as they do and jump with <see cref="Advance"/>; timers run as they do, so that real input and output still
/// has its time limits. Setting <see cref="Now"/> is somebody's hand at the wall clock, of which timestamps know nothing.
/// </summary>
public sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public FixedClock()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    private long _jumped;

    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _jumped);

    public void Advance(TimeSpan by)
    {
        Now += by;
        Interlocked.Add(ref _jumped, (long)(by.TotalSeconds * TimestampFrequency));
    }
}
