using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Hosting.Http;

/// <summary>
/// The body of a POST response. The SDK's transport writes it as an event stream; this passes it on as such, or, where the client prefers JSON and one message is the whole
/// answer, takes the message out of its frame. Nothing is sent before the first message is known, so that the status can depend on it.
/// </summary>
internal sealed class PostResponseStream(HttpResponse response, ResponseFormat format, bool perRequestEra, bool holdHeaders = false) : Stream
{
    private readonly ArrayBufferWriter<byte> _frames = new();
    private Mode _mode;
    private int _parsed;

    private enum Mode
    {
        Undecided,
        Events,
        Json,
        Done,
    }

    /// <summary>Called before the headers are sent, with the first message; null when the stream starts without one.</summary>
    public Action<JsonRpcMessage?>? Starting { get; init; }

    /// <summary>Called with a request of the server that this client cannot receive, because it accepts no event stream.</summary>
    public Func<RequestId, Task>? Undeliverable { get; init; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Decides the form of the response by its first message.</summary>
    public ValueTask StartAsync(JsonRpcMessage? first)
    {
        if (_mode != Mode.Undecided)
        {
            return ValueTask.CompletedTask;
        }

        Starting?.Invoke(first);
        int status = perRequestEra ? JsonRpcReply.StatusOf(first) : StatusCodes.Status200OK;
        bool whole = first is JsonRpcResponse or JsonRpcError;
        if (status != StatusCodes.Status200OK || (format.PrefersJson && whole) || !format.Events)
        {
            response.StatusCode = status;
            _mode = Mode.Json;
        }
        else
        {
            BeginEvents();
        }

        return ValueTask.CompletedTask;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_mode == Mode.Undecided)
        {
            await StartAsync(null);
        }

        if (_mode == Mode.Events)
        {
            await response.Body.WriteAsync(buffer, cancellationToken);
        }
        else if (_mode == Mode.Json)
        {
            _frames.Write(buffer.Span);
            await UnframeAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_mode == Mode.Undecided && !format.PrefersJson && !holdHeaders && !perRequestEra)
        {
            Starting?.Invoke(null);
            BeginEvents();
        }

        return _mode == Mode.Events ? response.Body.FlushAsync(cancellationToken) : Task.CompletedTask;
    }

    public override void Flush()
    {
        // The transport flushes asynchronously.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void BeginEvents()
    {
        _mode = Mode.Events;
        EventStream.Begin(response);
    }

    private async Task UnframeAsync(CancellationToken cancellationToken)
    {
        while (_mode == Mode.Json && TryTakeFrame(out ReadOnlyMemory<byte> data))
        {
            (bool isRequest, bool isWhole, RequestId id) = Inspect(data);
            if (isWhole)
            {
                _mode = Mode.Done;
                response.ContentType = "application/json";
                response.ContentLength = data.Length;
                await response.Body.WriteAsync(data, cancellationToken);
            }
            else if (isRequest && Undeliverable is not null)
            {
                await Undeliverable(id);
            }
        }
    }

    /// <summary>Takes the data of the next complete frame; frames end with an empty line, and the SDK writes each message on one line.</summary>
    private bool TryTakeFrame(out ReadOnlyMemory<byte> data)
    {
        data = default;
        ReadOnlyMemory<byte> rest = _frames.WrittenMemory[_parsed..];
        int end = rest.Span.IndexOf("\n\n"u8);
        if (end < 0)
        {
            return false;
        }

        _parsed += end + 2;
        ReadOnlySpan<byte> frame = rest.Span[..end];
        ReadOnlySpan<byte> prefix = "data: "u8;
        int start = frame.StartsWith(prefix) ? 0 : frame.IndexOf("\ndata: "u8) + 1;
        if (start > 0 || frame.StartsWith(prefix))
        {
            ReadOnlyMemory<byte> line = rest[(start + prefix.Length)..end];
            int length = line.Span.IndexOf((byte)'\n');
            data = length < 0 ? line : line[..length];
        }

        return true;
    }

    private static (bool IsRequest, bool IsWhole, RequestId Id) Inspect(ReadOnlyMemory<byte> data)
    {
        if (data.IsEmpty)
        {
            return default;
        }

        using JsonDocument message = JsonDocument.Parse(data);
        bool hasMethod = message.RootElement.TryGetProperty("method", out _);
        bool hasId = message.RootElement.TryGetProperty("id", out JsonElement id);
        RequestId requestId = !hasId ? default : id.ValueKind == JsonValueKind.Number ? new RequestId(id.GetInt64()) : new RequestId(id.GetString() ?? "");
        return (hasMethod && hasId, !hasMethod, requestId);
    }
}
