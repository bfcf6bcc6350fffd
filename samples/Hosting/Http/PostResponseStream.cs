using System.Buffers;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Hosting.Http;

/// <summary>
/// The body of a POST response. The SDK's transport writes it as an event stream; this passes it on as such, or, where the client prefers JSON
/// and one message is the whole answer, takes the message out of its frame.
/// As long as the form or the status depends on the first message, nothing is sent before that is known.
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

    /// <summary>Called before the headers are sent; true when the first message is an error.</summary>
    public Action<bool>? Starting { get; init; }

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

    /// <summary>What the SDK calls before its first write. It knows the message in the per-request era only.</summary>
    public ValueTask StartAsync(JsonRpcMessage? first)
    {
        if (first is not null && _mode == Mode.Undecided)
        {
            Decide(Frame.Of(first));
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>A sign of life, where one can be given: from the first on, the response is an event stream.</summary>
    public async Task BeatAsync()
    {
        if (_mode == Mode.Undecided && format.Events && !format.PrefersJson && !holdHeaders)
        {
            BeginEvents(isError: false);
        }

        if (_mode == Mode.Events)
        {
            await EventStream.BeatAsync(response);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_mode == Mode.Undecided && SendsEventsAtOnce)
        {
            BeginEvents(isError: false);
        }

        if (_mode == Mode.Events)
        {
            await response.Body.WriteAsync(buffer, cancellationToken);
        }
        else if (_mode != Mode.Done)
        {
            _frames.Write(buffer.Span);
            await UnframeAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_mode == Mode.Undecided && SendsEventsAtOnce)
        {
            BeginEvents(isError: false);
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

    /// <summary>A client that wants events gets the headers early, unless they say how the first message turned out.</summary>
    private bool SendsEventsAtOnce => format.Events && !format.PrefersJson && !perRequestEra && !holdHeaders;

    private void Decide(Frame first)
    {
        int status = perRequestEra ? JsonRpcReply.StatusOf(first.ErrorCode) : StatusCodes.Status200OK;
        if (status == StatusCodes.Status200OK && format.Events && !(format.PrefersJson && first.IsWhole))
        {
            BeginEvents(first.ErrorCode is not null);
            return;
        }

        Starting?.Invoke(first.ErrorCode is not null);
        response.StatusCode = status;
        _mode = Mode.Json;
    }

    private void BeginEvents(bool isError)
    {
        Starting?.Invoke(isError);
        _mode = Mode.Events;
        EventStream.Begin(response);
    }

    private async Task UnframeAsync(CancellationToken cancellationToken)
    {
        while (_mode != Mode.Done && TryTakeFrame(out ReadOnlyMemory<byte> data))
        {
            Frame frame = Frame.Of(data);
            if (_mode == Mode.Undecided)
            {
                Decide(frame);
            }

            if (_mode == Mode.Events)
            {
                await response.Body.WriteAsync(_frames.WrittenMemory, cancellationToken);
                return;
            }

            if (frame.IsWhole)
            {
                _mode = Mode.Done;
                response.ContentType = "application/json";
                response.ContentLength = data.Length;
                await response.Body.WriteAsync(data, cancellationToken);
            }
            else if (frame.IsRequest && Undeliverable is not null)
            {
                await Undeliverable(frame.Id);
            }
        }

        if (_parsed == _frames.WrittenCount)
        {
            _frames.ResetWrittenCount();
            _parsed = 0;
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
        for (ReadOnlyMemory<byte> lines = rest[..(end + 1)]; !lines.IsEmpty;)
        {
            int length = lines.Span.IndexOf((byte)'\n');
            if (lines.Span.StartsWith("data: "u8))
            {
                data = lines["data: ".Length..length];
            }

            lines = lines[(length + 1)..];
        }

        return true;
    }
}
