namespace McpOptimizer.Core.Clients.Backends;

/// <summary>The time one operation has. It stands still while a person is asked.</summary>
internal sealed class OperationClock : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;
    private TimeSpan _left;
    private long _runningSince;
    private int _pauses;

    /// <summary>Starts the clock.</summary>
    public OperationClock(TimeSpan allowed, TimeProvider clock, CancellationToken caller)
    {
        _clock = clock;
        _caller = caller;
        _left = allowed;
        _runningSince = clock.GetTimestamp();
        _timeout = new CancellationTokenSource(allowed, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _timeout.Token);
        Token = _either.Token;
    }

    /// <summary>Cancelled when the time is up or the caller gave up.</summary>
    public CancellationToken Token { get; }

    /// <summary>Whether the time is up, and not only the caller's patience.</summary>
    public bool IsTimeUp => _timeout.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Stops the clock until <see cref="Resume"/>; may be nested.</summary>
    public void Pause()
    {
        lock (_gate)
        {
            if (_pauses++ == 0)
            {
                _left -= _clock.GetElapsedTime(_runningSince);
                _timeout.CancelAfter(Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Lets the clock run on.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            if (--_pauses == 0)
            {
                _runningSince = _clock.GetTimestamp();
                _timeout.CancelAfter(_left > TimeSpan.Zero ? _left : TimeSpan.Zero);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _pauses = int.MaxValue / 2;
            _either.Dispose();
            _timeout.Dispose();
        }
    }
}
