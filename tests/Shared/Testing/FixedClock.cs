namespace Shared.Testing;

/// <summary>Dates stand still until moved; timers and timestamps run as they do, so that real input and output still has its time limits.</summary>
public sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public FixedClock()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;

    public void Advance(TimeSpan by) => Now += by;
}
