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
                Note(pause, null);
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
            if (_pauses.Count == 0)
            {
                return;
            }

            (Pause first, DateTimeOffset due) = _pauses.MinBy(entry => entry.Value);
            DateTimeOffset now = GetUtcNow();
            if (due <= now && first.IsStuck())
            {
                // The clock moved between the note and the timer: the timer is due later than was noted, by its own length from now at most.
                _pauses[first] = due = now + first.Length;
            }

            pause = due - now;
        }

        Advance(pause > TimeSpan.Zero ? pause : TimeSpan.Zero);
    }

    private void Note(Pause pause, DateTimeOffset? due)
    {
        lock (_gate)
        {
            _pauses.Remove(pause);
            if (due is { } at)
            {
                _pauses[pause] = at;
            }
        }
    }

    private sealed class Pause(PausesClock clock) : ITimer
    {
        private const int MostLooks = 20;

        private int _looks;

        public ITimer Inner { get; set; } = null!;

        public TimeSpan Length { get; private set; }

        /// <summary>Whether it has been due for several looks: longer than it takes a timer to fire.</summary>
        public bool IsStuck() => ++_looks % MostLooks == 0;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Length = dueTime;
            clock.Note(this, dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetUtcNow() + dueTime);
            return Inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            clock.Note(this, null);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
