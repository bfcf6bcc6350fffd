namespace McpOptimizer.Core.Clients.Backends;

/// <summary>The time one operation has. It stands still while a person is asked, and each sign of progress gives it anew, up to a total.</summary>
internal sealed class OperationClock : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;
    private readonly TimeSpan _allowed;
    private readonly TimeSpan _total;
    private TimeSpan _left;
    private TimeSpan _spent;
    private long _runningSince;
    private int _pauses;

    /// <summary>Starts the clock.</summary>
    /// <param name="allowed">Longest time without a sign of progress.</param>
    /// <param name="total">Longest time with signs of progress; counts from <paramref name="allowed"/> up.</param>
    /// <param name="clock">Time.</param>
    /// <param name="caller">Cancelled when the caller gives up.</param>
    public OperationClock(TimeSpan allowed, TimeSpan total, TimeProvider clock, CancellationToken caller)
    {
        _clock = clock;
        _caller = caller;
        _allowed = allowed;
        _total = total > allowed ? total : allowed;
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

    /// <summary>Whether progress cannot prolong it any more.</summary>
    public bool IsTotalUsed { get; private set; }

    /// <summary>Time left if nothing prolongs it.</summary>
    public TimeSpan Left
    {
        get
        {
            lock (_gate)
            {
                return _pauses > 0 ? _left : _left - _clock.GetElapsedTime(_runningSince);
            }
        }
    }

    /// <summary>The backend showed progress: its time begins anew.</summary>
    public void Prolong()
    {
        lock (_gate)
        {
            if (_pauses == 0)
            {
                Spend();
            }

            TimeSpan rest = _total - _spent;
            IsTotalUsed = rest <= _allowed;
            _left = IsTotalUsed ? rest : _allowed;
            if (_pauses == 0 && !_timeout.IsCancellationRequested)
            {
                Run();
            }
        }
    }

    /// <summary>Stops the clock until <see cref="Resume"/>; may be nested.</summary>
    public void Pause()
    {
        lock (_gate)
        {
            if (_pauses++ == 0)
            {
                Spend();
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
                Run();
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

    private void Spend()
    {
        TimeSpan elapsed = _clock.GetElapsedTime(_runningSince);
        _runningSince = _clock.GetTimestamp();
        _left -= elapsed;
        _spent += elapsed;
    }

    private void Run() => _timeout.CancelAfter(_left > TimeSpan.Zero ? _left : TimeSpan.Zero);
}
