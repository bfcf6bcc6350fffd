namespace Hosting.Http;

/// <summary>
/// Lets a response be heard from while nothing is written to it, so that proxies do not cut a long call and a client that is gone is noticed.
/// Writes and beats take turns.
/// </summary>
internal sealed class KeepAliveStream : Stream
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Stream _inner;
    private readonly Func<Task> _beat;
    private readonly ITimer _timer;
    private bool _closed;

    /// <param name="inner">What is written to.</param>
    /// <param name="beat">Writes a sign of life, or does nothing where none can be written.</param>
    /// <param name="interval">Time between beats.</param>
    /// <param name="time">The clock.</param>
    public KeepAliveStream(Stream inner, Func<Task> beat, TimeSpan interval, TimeProvider time)
    {
        _inner = inner;
        _beat = beat;
        _timer = time.CreateTimer(static state => _ = ((KeepAliveStream)state!).BeatAsync(), this, interval, interval);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Runs something else in turn.</summary>
    public async ValueTask InTurnAsync(Func<ValueTask> action)
    {
        await _turn.WaitAsync();
        try
        {
            await action();
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _inner.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _inner.FlushAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Flush()
    {
        // The transport flushes asynchronously.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Ends the beats, but not the response.</summary>
    public override async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await InTurnAsync(() =>
        {
            _closed = true;
            return ValueTask.CompletedTask;
        });
        await base.DisposeAsync();
    }

    private async Task BeatAsync()
    {
        // Whoever is writing shows that the response is alive.
        if (!await _turn.WaitAsync(TimeSpan.Zero))
        {
            return;
        }

        try
        {
            if (!_closed)
            {
                await _beat();
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The client is gone; the request is told by its own token.
        }
        finally
        {
            _turn.Release();
        }
    }
}
