using Microsoft.Extensions.Time.Testing;

namespace Shared.Testing;

/// <summary>
/// A fake clock that knows when the code under test pauses, and can let just those pauses pass: deadlines, which are there for real input and output, do not expire
/// meanwhile, however busy the machine is.
/// </summary>
public class PausesClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Pause, DateTimeOffset> _pauses = [];
    private int _beginning;

    public PausesClock()
        : this(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero))
    {
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // The deadline of a token source and what repeats in the background are no pauses.
        if (state is CancellationTokenSource || period > TimeSpan.Zero)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        Pause pause = new(this);
        pause.Inner = base.CreateTimer(
            _ =>
            {
                End(pause);
                callback(state);
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        pause.Change(dueTime, period);
        return pause;
    }

    /// <summary>Until the task ends: whenever somebody pauses, lets that time pass.</summary>
    public async Task PumpAsync(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        while (!task.IsCompleted)
        {
            LetPause();

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

    /// <summary>As <see cref="PumpAsync(Task)"/>, until a condition holds.</summary>
    public async Task PumpAsync(Func<bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using CancellationTokenSource patience = new(Eventually.Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            LetPause();
            await Task.Yield();
        }
    }

    /// <summary>Waits until something has happened, then moves the clock: how a deadline is made to expire.</summary>
    public async Task AdvanceWhenAsync(Func<bool> condition, TimeSpan by)
    {
        await Eventually.IsAsync(condition);
        Advance(by);
    }

    private void LetPause()
    {
        TimeSpan pause;
        lock (_gate)
        {
            // Whoever is just beginning a pause comes first, however long its thread has to wait for the processor.
            if (_beginning > 0 || _pauses.Count == 0)
            {
                return;
            }

            pause = _pauses.Values.Min() - GetUtcNow();
        }

        Advance(pause > TimeSpan.Zero ? pause : TimeSpan.Zero);
    }

    private void Begin(Pause pause, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _beginning++;
            pause.IsOver = dueTime == Timeout.InfiniteTimeSpan;
            _pauses.Remove(pause);
        }

        pause.Inner.Change(dueTime, period);
        lock (_gate)
        {
            _beginning--;
            if (!pause.IsOver)
            {
                // Noted after the timer is set, so never before it is due.
                _pauses[pause] = GetUtcNow() + dueTime;
            }
        }
    }

    private void End(Pause pause)
    {
        lock (_gate)
        {
            pause.IsOver = true;
            _pauses.Remove(pause);
        }
    }

    private sealed class Pause(PausesClock clock) : ITimer
    {
        public ITimer Inner { get; set; } = null!;

        /// <summary>Whether it has passed, was given up or never ends; guarded by the clock.</summary>
        public bool IsOver { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Begin(this, dueTime, period);
            return true;
        }

        public void Dispose()
        {
            clock.End(this);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
