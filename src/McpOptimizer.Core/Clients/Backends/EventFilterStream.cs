using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// An event stream that many requests share: an event over the limit is replaced by an error for the one request it answers,
/// so that the stream and the others live on.
/// </summary>
internal sealed class EventFilterStream(Stream inner, long limit) : Stream
{
    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    private readonly byte[] _chunk = new byte[16 * 1024];
    private readonly ArrayBufferWriter<byte> _ready = new();
    private JsonRpcIdScanner _scanner = new();
    private int _taken;
    private long _count;
    private bool _oversized;
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
        while (_taken == _ready.WrittenCount)
        {
            _ready.ResetWrittenCount();
            _taken = 0;
            int read = await inner.ReadAsync(_chunk, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return 0;
            }

            Filter(_chunk.AsSpan(0, read));
        }

        ReadOnlyMemory<byte> part = _ready.WrittenMemory[_taken..];
        part = part[..Math.Min(part.Length, buffer.Length)];
        part.CopyTo(buffer);
        _taken += part.Length;
        return part.Length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Event streams are read asynchronously.");

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

    private void Filter(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? bytes : bytes[..(end + 1)];
            bytes = bytes[line.Length..];
            _scanner.Append(line);
            _count += line.Length;
            _oversized |= _count > limit;
            if (!_oversized)
            {
                _ready.Write(line);
            }

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

    private void EndEvent()
    {
        if (_oversized)
        {
            // Ends the torn event, which the SDK cannot parse and ignores.
            _ready.Write("\n\n"u8);
            if (_scanner.ResponseId is { } id)
            {
                _ready.Write("event: message\ndata: "u8);
                _ready.Write(JsonSerializer.SerializeToUtf8Bytes(OversizedMessage.Create(id, _count), MessageType));
                _ready.Write("\n\n"u8);
            }
        }

        _scanner = new JsonRpcIdScanner();
        _oversized = false;
        _count = 0;
    }
}
