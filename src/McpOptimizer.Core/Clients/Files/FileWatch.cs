using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace McpOptimizer.Core.Clients.Files;

/// <summary>
/// Notices that what a path leads to reads differently: edited in place, replaced, removed, or swapped behind a link on the way, as Kubernetes does with
/// mounted configuration. It looks instead of listening, because no notification covers all of these, network drives and folders that come later.
/// </summary>
internal sealed class FileWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly string _path;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private CancellationTokenSource _changed = new();
    private string? _seen;
    private bool _isWatching;
    private bool _isDisposed;

    public FileWatch(string path, TimeProvider clock)
    {
        _path = path;
        _timer = clock.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A token that fires when the file reads differently from now.</summary>
    public IChangeToken Watch()
    {
        lock (_gate)
        {
            if (!_isWatching && !_isDisposed)
            {
                _isWatching = true;
                _seen = Read();
                _timer.Change(Interval, Interval);
            }

            return new CancellationChangeToken(_changed.Token);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer.Dispose();
            _changed.Dispose();
        }
    }

    private void Look()
    {
        CancellationTokenSource fired;
        lock (_gate)
        {
            if (_isDisposed || Read() is var now && now == _seen)
            {
                return;
            }

            _seen = now;
            fired = _changed;
            _changed = new CancellationTokenSource();
        }

        fired.Cancel();
        fired.Dispose();
    }

    // Null for a file that is not there or cannot be read: that it can be again is a change.
    private string? Read()
    {
        try
        {
            using FileStream file = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Convert.ToHexString(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
