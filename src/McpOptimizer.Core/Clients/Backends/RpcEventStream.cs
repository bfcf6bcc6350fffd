using System.Buffers;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// A stream of server-sent events, passed on event by event: each is bounded, and its message brought into a form that the SDK reads.
/// An event over the limit ends a stream that belongs to one request; on a stream that many share, an error for the one request it answers takes its place.
/// </summary>
internal sealed class RpcEventStream(Stream inner, long limit, HttpFrames frames, bool isShared, ListingMark? listing = null, Action<ReadOnlyMemory<byte>>? onEvent = null) : AsyncReadStream(inner)
{
    private const int LargestEventShown = 64 * 1024;
    private const int LargestKeptBuffer = 1024 * 1024;

    private readonly Stream _inner = inner;
    private readonly byte[] _chunk = new byte[16 * 1024];
    private ArrayBufferWriter<byte> _ready = new();
    private ArrayBufferWriter<byte> _event = new();
    private JsonRpcIdScanner? _oversized;
    private int _taken;
    private long _count;
    private bool _lineHasText;
    private bool _afterReturn;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_taken == _ready.WrittenCount)
        {
            _ready = _ready.Capacity > LargestKeptBuffer ? new ArrayBufferWriter<byte>() : _ready;
            _ready.ResetWrittenCount();
            _taken = 0;
            int read = await _inner.ReadAsync(_chunk, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                // An event that was not ended is none; the SDK's reader decides what it makes of the rest.
                _ready.Write(_event.WrittenSpan);
                _event.ResetWrittenCount();
                if (_ready.WrittenCount == 0)
                {
                    return 0;
                }
            }
            else
            {
                Split(_chunk.AsSpan(0, read));
            }
        }

        ReadOnlyMemory<byte> part = _ready.WrittenMemory[_taken..];
        part = part[..Math.Min(part.Length, buffer.Length)];
        part.CopyTo(buffer);
        _taken += part.Length;
        return part.Length;
    }

    // Lines end in a feed, a return, or both.
    private void Split(ReadOnlySpan<byte> bytes)
    {
        if (_afterReturn && bytes[0] == '\n')
        {
            // The second half of a line end whose first half came before; that is a line end by itself.
            bytes = bytes[1..];
        }

        _afterReturn = false;
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                Add(bytes);
                _lineHasText = true;
                return;
            }

            int length = bytes[end] == '\r' && end + 1 < bytes.Length && bytes[end + 1] == '\n' ? end + 2 : end + 1;
            _afterReturn = bytes[end] == '\r' && end + 1 == bytes.Length;
            Add(bytes[..length]);
            bool isBlank = !_lineHasText && end == 0;
            _lineHasText = false;
            bytes = bytes[length..];
            if (isBlank)
            {
                EndEvent();
            }
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        _count += bytes.Length;
        if (_oversized is null && _count > limit)
        {
            if (!isShared)
            {
                throw new BackendMessageTooLargeException(limit);
            }

            _oversized = new JsonRpcIdScanner();
            _oversized.Append(_event.WrittenSpan);
            _event = new ArrayBufferWriter<byte>();
        }

        if (_oversized is null)
        {
            _event.Write(bytes);
        }
        else
        {
            _oversized.Append(bytes);
        }
    }

    private void EndEvent()
    {
        if (_oversized is null)
        {
            Pass(_event.WrittenMemory);
        }
        else if (_oversized.ResponseId is { } id)
        {
            WriteMessage(JsonRpcFrames.Write(OversizedMessage.Create(id, _count)));
        }

        Reset();
    }

    private void Reset()
    {
        _event = _event.Capacity > LargestKeptBuffer ? new ArrayBufferWriter<byte>() : _event;
        _event.ResetWrittenCount();
        _oversized = null;
        _count = 0;
    }

    private void Pass(ReadOnlyMemory<byte> whole)
    {
        (ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> others) = Take(whole);
        if (data.IsEmpty || frames.Normalize(data.Span, listing) is not { } messages)
        {
            _ready.Write(whole.Span);
        }
        else
        {
            foreach (ReadOnlyMemory<byte> message in messages)
            {
                _ready.Write(others.Span);
                WriteMessage(message);
            }
        }

        if (whole.Length <= LargestEventShown)
        {
            onEvent?.Invoke(whole);
        }
    }

    // The data of an event that carries a message, and its other fields: what a reconnection needs of them must not be lost.
    private static (ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Others) Take(ReadOnlyMemory<byte> whole)
    {
        ReadOnlyMemory<byte> only = default;
        ArrayBufferWriter<byte>? data = null;
        ArrayBufferWriter<byte> others = new();
        for (ReadOnlyMemory<byte> left = whole; !left.IsEmpty;)
        {
            int end = left.Span.IndexOfAny((byte)'\n', (byte)'\r');
            ReadOnlySpan<byte> line = end < 0 ? left.Span : left.Span[..end];
            if (line.StartsWith("data:"u8) || line.SequenceEqual("data"u8))
            {
                int start = line.StartsWith("data: "u8) ? 6 : Math.Min(line.Length, 5);
                ReadOnlyMemory<byte> value = left[start..line.Length];
                if (only.IsEmpty)
                {
                    // Nearly always all there is, and large: it is not copied.
                    only = value;
                }
                else
                {
                    data ??= Begin(only);
                    data.Write("\n"u8);
                    data.Write(value.Span);
                }
            }
            else if (line.StartsWith("event:"u8))
            {
                if (!line[6..].Trim(" "u8).SequenceEqual("message"u8))
                {
                    return default;
                }
            }
            else if (!line.IsEmpty)
            {
                others.Write(line);
                others.Write("\n"u8);
            }

            left = end < 0 ? default : left[(end + 1)..];
        }

        return (data?.WrittenMemory ?? only, others.WrittenMemory);
    }

    private static ArrayBufferWriter<byte> Begin(ReadOnlyMemory<byte> first)
    {
        ArrayBufferWriter<byte> data = new();
        data.Write(first.Span);
        return data;
    }

    private void WriteMessage(ReadOnlyMemory<byte> message)
    {
        _ready.Write("event: message\ndata: "u8);
        _ready.Write(message.Span);
        _ready.Write("\n\n"u8);
    }
}
