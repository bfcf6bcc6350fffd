using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// One budget for a backend's faults and for its starts. Several in a row leave it alone for a while, longer each time; then one operation tries it before
/// the others follow. An answer ends a row of faults; a row of starts ends only when a connection lasted, because a server may start well and fail each time.
/// Goes by the monotonic clock.
/// </summary>
internal sealed class CircuitBreaker(BackendSettings settings, TimeProvider clock)
{
    /// <summary>How long a connection must last before the starts that led to it are forgotten.</summary>
    public static readonly TimeSpan SustainedUptime = TimeSpan.FromMinutes(5);

    private const int LongestBreakFactor = 10;

    private readonly Lock _gate = new();
    private int _faults;
    private int _starts;
    private int _breaks;
    private bool _probing;
    private (long Since, TimeSpan Length)? _break;

    /// <summary>For how long the backend is still left alone, zero when an operation may try it; null while it is used normally.</summary>
    public TimeSpan? Left
    {
        get
        {
            lock (_gate)
            {
                return LeftOf(_break);
            }
        }
    }

    /// <summary>Asks to run one operation. Each true must be followed by one call of <see cref="Succeed"/>, <see cref="Fail"/> or <see cref="Leave"/>.</summary>
    /// <param name="probe">Whether this operation is the one that tries a broken backend.</param>
    /// <param name="retryAfter">For false: how long to wait.</param>
    public bool TryEnter(out bool probe, out TimeSpan retryAfter)
    {
        lock (_gate)
        {
            probe = false;
            retryAfter = TimeSpan.Zero;
            if (LeftOf(_break) is not { } left)
            {
                return true;
            }

            if (left > TimeSpan.Zero || _probing)
            {
                retryAfter = left > TimeSpan.Zero ? left : settings.CallTimeout;
                return false;
            }

            _probing = true;
            probe = true;
            return true;
        }
    }

    /// <summary>The backend answered.</summary>
    /// <param name="uptime">For how long the connection has been up.</param>
    public void Succeed(TimeSpan uptime)
    {
        lock (_gate)
        {
            _faults = 0;
            _probing = false;
            _break = null;
            _starts = uptime >= SustainedUptime ? 0 : _starts;
            _breaks = _starts == 0 ? 0 : _breaks;
        }
    }

    /// <summary>An operation failed while the connection stayed.</summary>
    /// <param name="probe">Whether the operation was the one that tried the backend.</param>
    /// <returns>Whether the backend is left alone from now on.</returns>
    public bool Fail(bool probe)
    {
        lock (_gate)
        {
            _faults++;
            _probing &= !probe;
            return (probe || (_break is null && _faults >= settings.BreakAfterFailures)) && Break();
        }
    }

    /// <summary>The backend could not be connected to, or the connection was lost.</summary>
    /// <param name="uptime">For how long it had been up; zero when it never was.</param>
    /// <returns>Whether the backend is left alone from now on.</returns>
    public bool Lose(TimeSpan uptime)
    {
        lock (_gate)
        {
            if (uptime >= SustainedUptime)
            {
                (_starts, _breaks) = (0, 0);
            }

            _starts++;
            bool tried = LeftOf(_break) == TimeSpan.Zero;
            _probing &= !tried;
            return (tried || (_break is null && _starts >= settings.BreakAfterFailures)) && Break();
        }
    }

    /// <summary>The operation ended without saying anything about the backend, for example because its caller gave up.</summary>
    public void Leave(bool probe)
    {
        lock (_gate)
        {
            _probing &= !probe;
        }
    }

    private bool Break()
    {
        double factor = Math.Min(Math.Pow(2, _breaks++), LongestBreakFactor);
        _break = (clock.GetTimestamp(), settings.BreakDuration * factor);
        return true;
    }

    private TimeSpan? LeftOf((long Since, TimeSpan Length)? at)
    {
        if (at is not { } standing)
        {
            return null;
        }

        TimeSpan left = standing.Length - clock.GetElapsedTime(standing.Since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
