using Microsoft.Extensions.Time.Testing;

namespace Shared.Testing;

/// <summary>A clock for tests with real input and output: it moves as a fake one does, but timers run as they do, so that what is real still has its time limits.</summary>
public sealed class RealTimersClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    public RealTimersClock()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    private TimeSpan _moved;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _moved;

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;

    /// <summary>Somebody's hand at the wall clock: timestamps know nothing of it.</summary>
    public void MoveWallClock(TimeSpan by) => _moved += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, dueTime, period);
}
