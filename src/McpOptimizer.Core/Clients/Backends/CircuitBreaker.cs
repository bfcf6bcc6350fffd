using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>Leaves a backend alone after several failures in a row, then lets one operation try it before the others follow.</summary>
internal sealed class CircuitBreaker(BackendSettings settings, TimeProvider clock)
{
    private const int LongestBreakFactor = 10;

    private readonly Lock _gate = new();
    private int _failures;
    private int _breaks;
    private bool _probing;
    private DateTimeOffset? _openUntil;

    /// <summary>When the backend is tried again; null while it is used normally.</summary>
    public DateTimeOffset? OpenUntil
    {
        get
        {
            lock (_gate)
            {
                return _openUntil;
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
            if (_openUntil is not { } until)
            {
                return true;
            }

            TimeSpan left = until - clock.GetUtcNow();
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
    public void Succeed()
    {
        lock (_gate)
        {
            _failures = 0;
            _breaks = 0;
            _probing = false;
            _openUntil = null;
        }
    }

    /// <summary>The backend failed.</summary>
    /// <param name="probe">Whether the operation was the one that tried it.</param>
    /// <returns>Whether the backend is left alone from now on.</returns>
    public bool Fail(bool probe)
    {
        lock (_gate)
        {
            _failures++;
            _probing &= !probe;
            if (!probe && (_openUntil is not null || _failures < settings.BreakAfterFailures))
            {
                return false;
            }

            double factor = Math.Min(Math.Pow(2, _breaks++), LongestBreakFactor);
            _openUntil = clock.GetUtcNow() + (settings.BreakDuration * factor);
            return true;
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
}
