namespace Horreum.Client.Clients;

/// <summary>A body of which each part must arrive within the timeout, so that a server that stalls is noticed however large the body is.</summary>
internal sealed class TimedStream(Stream inner, TimeSpan timeout, TimeProvider time, string path) : AsyncReadStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ValueTask<int> pending = inner.ReadAsync(buffer, cancellationToken);
        if (pending.IsCompletedSuccessfully)
        {
            return pending.Result;
        }

        Task<int> reading = pending.AsTask();
        try
        {
            return await reading.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            // Disposing the body ends the read that is still pending.
            await inner.DisposeAsync().ConfigureAwait(false);
            throw new HorreumTimeoutException($"{path} stopped sending for {timeout.TotalSeconds:0.###} s.", e) { Timeout = timeout };
        }
        catch (IOException e)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, $"{path}: the connection broke while the answer was read.", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
