namespace Shared.Coder;

/// <summary>A clock that stands still until a test moves it; timers and delays fire in order while it moves.</summary>
public sealed class ManualClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = start ?? new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires what falls due on the way, each at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset end = GetUtcNow() + by;
        while (TryTakeNext(end) is { } due)
        {
            due.Fire();
        }

        lock (_gate)
        {
            _now = _now > end ? _now : end;
        }
    }

    /// <summary>
    /// Until the task ends: whenever somebody pauses, lets that time pass. Deadlines do not expire by themselves: only pauses move the clock.
    /// </summary>
    public async Task PumpAsync(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        while (!task.IsCompleted)
        {
            if (NextPause() is { } due)
            {
                Advance(due - GetUtcNow());
            }

            // Real time, so that the code under test gets to run: a condition is what is waited for, not this pause.
            await Task.WhenAny(task, Task.Delay(2));
        }

        await task;
    }

    /// <summary>As <see cref="PumpAsync(Task)"/>, with a result.</summary>
    public async Task<T> PumpAsync<T>(Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        await PumpAsync((Task)task);
        return await task;
    }

    /// <summary>Waits until something has happened, then moves the clock: how a deadline is made to expire.</summary>
    public async Task AdvanceWhenAsync(Func<bool> condition, TimeSpan by)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(2, patience.Token);
        }

        Advance(by);
    }

    private DateTimeOffset? NextPause()
    {
        lock (_gate)
        {
            return _timers.Where(timer => timer.IsPause).Select(timer => (DateTimeOffset?)timer.Due).Min();
        }
    }

    private Timer? TryTakeNext(DateTimeOffset end)
    {
        lock (_gate)
        {
            Timer? next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is not null)
            {
                _now = next.Due > _now ? next.Due : _now;
                next.Reschedule(_timers);
            }

            return next;
        }
    }

    private sealed class Timer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        /// <summary>A pause of the code under test; the other kinds are the deadline of a token source and what repeats in the background.</summary>
        public bool IsPause => state is not CancellationTokenSource && _period <= TimeSpan.Zero;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool now;
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                _period = period;
                now = dueTime == TimeSpan.Zero;
                if (dueTime != Timeout.InfiniteTimeSpan && !now)
                {
                    Due = clock._now + dueTime;
                    clock._timers.Add(this);
                }
            }

            if (now)
            {
                ThreadPool.QueueUserWorkItem(_ => Fire());
            }

            return true;
        }

        public void Fire() => callback(state);

        public void Reschedule(List<Timer> timers)
        {
            timers.Remove(this);
            if (_period > TimeSpan.Zero)
            {
                Due += _period;
                timers.Add(this);
            }
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
