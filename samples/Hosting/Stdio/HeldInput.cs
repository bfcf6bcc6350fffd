namespace Hosting.Stdio;

/// <summary>
/// Standard input whose end is announced but not passed on: the SDK's transport sends nothing any more once its input has ended, and answers may still be due.
/// Reads can be cancelled, which those of a console cannot.
/// </summary>
internal sealed class HeldInput(Stream input) : AsyncReadStream
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _terminated;

    /// <summary>Completes when everything the client wrote has been read.</summary>
    public Task Ended => _ended.Task;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = _terminated ? 0 : await input.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(cancellationToken);
        if (read > 0)
        {
            return read;
        }

        if (!_terminated)
        {
            // The last message may lack its line end.
            _terminated = true;
            buffer.Span[0] = (byte)'\n';
            return 1;
        }

        _ended.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }
}
