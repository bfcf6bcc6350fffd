namespace Horreum.Client.Clients;

/// <summary>A body of which each part must arrive within the timeout, so that a server that stalls is noticed however large the body is.</summary>
internal sealed class TimedStream(Stream inner, TimeSpan timeout, TimeProvider time, string path) : AsyncReadStream(inner)
{
    private readonly Stream _inner = inner;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ValueTask<int> pending = _inner.ReadAsync(buffer, cancellationToken);
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
            await _inner.DisposeAsync().ConfigureAwait(false);
            throw new HorreumTimeoutException($"{path} stopped sending for {timeout.TotalSeconds:0.###} s.", e) { Timeout = timeout };
        }
        catch (IOException e)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, $"{path}: the connection broke while the answer was read.", e);
        }
    }
}
