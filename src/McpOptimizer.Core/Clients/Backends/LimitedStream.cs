using System.Buffers;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// A response body that ends in an error when it, or one event of an event stream, grows over the limit. Small events can be looked at as they pass.
/// </summary>
internal sealed class LimitedStream(Stream inner, long limit, bool isEventStream, Action<ReadOnlyMemory<byte>>? onEvent = null) : Stream
{
    private const int LargestEventShown = 64 * 1024;

    private readonly ArrayBufferWriter<byte>? _event = onEvent is null ? null : new();
    private long _count;
    private bool _lineHasText;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Count(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = inner.Read(buffer, offset, count);
        Count(buffer.AsSpan(offset, read));
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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

    private void Count(ReadOnlySpan<byte> bytes)
    {
        if (!isEventStream)
        {
            Add(bytes);
            return;
        }

        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? bytes : bytes[..(end + 1)];
            bytes = bytes[line.Length..];
            Add(line);
            _lineHasText |= line.IndexOfAnyExcept((byte)'\r', (byte)'\n') >= 0;
            if (end >= 0)
            {
                if (!_lineHasText)
                {
                    EndEvent();
                }

                _lineHasText = false;
            }
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        _count += bytes.Length;
        if (_count > limit)
        {
            throw new BackendMessageTooLargeException(limit);
        }

        if (_event is not null && _count <= LargestEventShown)
        {
            _event.Write(bytes);
        }
    }

    private void EndEvent()
    {
        if (_event is not null && _count <= LargestEventShown)
        {
            onEvent!(_event.WrittenMemory);
        }

        _event?.ResetWrittenCount();
        _count = 0;
    }
}
