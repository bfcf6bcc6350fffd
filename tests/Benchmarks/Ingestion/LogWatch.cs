namespace Benchmarks.Ingestion;

/// <summary>Looks ten times a second how large a file is.</summary>
internal sealed class LogWatch : IAsyncDisposable
{
    private readonly Timer _timer;
    private long _largest;

    public LogWatch(string path) => _timer = new Timer(
        _ =>
        {
            FileInfo file = new(path);
            Interlocked.Exchange(ref _largest, Math.Max(Interlocked.Read(ref _largest), file.Exists ? file.Length : 0));
        },
        null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));

    public long Largest => Interlocked.Read(ref _largest);

    public ValueTask DisposeAsync() => _timer.DisposeAsync();
}
