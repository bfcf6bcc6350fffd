namespace ToolHive.Client.Tests.Support;

/// <summary>A clock that stands still until it is moved; timers fire while it moves.</summary>
public sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time until the next timer fires; null when none waits.</summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count == 0 ? null : _timers.Min(timer => timer.Due) - _now;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock to the next timer, if it is due within the limit, and fires it.</summary>
    /// <returns>False when none is due within the limit; the clock then stands at the limit.</returns>
    public bool MoveToNextTimer(DateTimeOffset limit)
    {
        Timer? next;
        lock (_gate)
        {
            next = _timers.MinBy(timer => timer.Due);
            if (next is null || next.Due > limit)
            {
                _now = limit > _now ? limit : _now;
                return false;
            }

            _now = next.Due > _now ? next.Due : _now;
            _timers.Remove(next);
        }

        next.Fire();
        return true;
    }

    /// <summary>Moves the clock on, firing what is due.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset limit = GetUtcNow() + by;
        while (MoveToNextTimer(limit))
        {
        }
    }

    /// <summary>
    /// Lets time pass only while everybody waits for a timer due within <paramref name="longestPause"/>, until a condition holds.
    /// Real work, guarded by longer timeouts, thus never sees the clock move.
    /// </summary>
    public async Task RunUntilAsync(Func<bool> condition, TimeSpan longestPause)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            if (UntilNextTimer is { } pause && pause <= longestPause)
            {
                Advance(pause);
            }

            await Task.Yield();
        }
    }

    private sealed class Timer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock._now + dueTime;
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Fire()
        {
            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
