namespace McpOptimizer.Core.Tools;

/// <summary>Says once that something changed, shortly after the last of the changes that belong together, and not more often than clients can bear.</summary>
internal sealed class ChangeNotice(TimeProvider clock, Action tell) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long? _toldAt;
    private bool _pending;
    private bool _disposed;

    /// <summary>Something changed.</summary>
    public void Raise()
    {
        lock (_gate)
        {
            if (_pending || _disposed)
            {
                return;
            }

            _pending = true;
            TimeSpan wait = _toldAt is { } at ? ListChanges.Interval - clock.GetElapsedTime(at) : TimeSpan.Zero;
            _timer ??= clock.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(wait > ListChanges.Settle ? wait : ListChanges.Settle, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void Tell()
    {
        lock (_gate)
        {
            _pending = false;
            _toldAt = clock.GetTimestamp();
        }

        tell();
    }
}
