namespace Fleet.Metadata.Services;

/// <summary>
/// Runs a piece of work for many callers at once. A caller gets a run that begins after the call, never one that is under way:
/// what was changed before the call is in the result.
/// </summary>
internal sealed class Coalescer<T>(Func<Task<T>> work, TimeSpan window, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Task<T>? _running;
    private Task<T>? _waiting;

    /// <param name="shared">True when somebody else had asked for the same run already.</param>
    public Task<T> Join(out bool shared)
    {
        lock (_gate)
        {
            shared = _waiting is not null;
            if (_waiting is not null)
            {
                return _waiting;
            }

            if (_running is null or { IsCompleted: true })
            {
                _running = Task.Run(work);
                return _running;
            }

            _waiting = WaitAndRunAsync(_running);
            return _waiting;
        }
    }

    private async Task<T> WaitAndRunAsync(Task<T> previous)
    {
        // Elsewhere, since the caller holds the lock until the task is stored.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (window > TimeSpan.Zero)
        {
            // A run that hangs must not hold up those who come after it.
            await ((Task)previous).WaitAsync(window, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task<T> run;
        lock (_gate)
        {
            _waiting = null;
            run = Task.Run(work);
            _running = run;
        }

        return await run.ConfigureAwait(false);
    }
}
