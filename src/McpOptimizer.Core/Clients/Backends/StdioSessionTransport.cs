using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>One JSON-RPC message a line, each of bounded size, over a process's standard streams.</summary>
internal sealed partial class StdioSessionTransport : TransportBase
{
    private const int ReaderStack = 256 * 1024;
    private const int ChunkSize = 64 * 1024;

    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly BackendProcess _process;
    private readonly long _limit;
    private readonly ILogger _logger;

    /// <summary>Starts reading.</summary>
    public StdioSessionTransport(BackendProcess process, BackendSettings settings, ILoggerFactory loggerFactory)
        : base(process.Name, loggerFactory)
    {
        _process = process;
        _limit = settings.MaxResponseBytes;
        _logger = loggerFactory.CreateLogger<StdioSessionTransport>();
        SetConnected();

        // Reads of a pipe block; on the pool, as many of them as there are servers would starve everything else.
        new Thread(Read, ReaderStack) { IsBackground = true, Name = "mcp-read " + process.Name }.Start();
    }

    public override async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter writer = new(line))
        {
            JsonSerializer.Serialize(writer, message, MessageType);
        }

        line.Write("\n"u8);
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        Task sent = WriteAsync(line.WrittenMemory, BackendRequest.Current);
        await sent.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        SetDisconnected();
    }

    // Never cancelled half-way: a torn line would make the next message unreadable too.
    private async Task WriteAsync(ReadOnlyMemory<byte> line, BackendRequest? request)
    {
        bool before = request?.MayHaveArrived == true;
        try
        {
            await Task.Yield();
            request?.MayHaveArrived = true;
            await _process.Input.WriteAsync(line, CancellationToken.None).ConfigureAwait(false);
            await _process.Input.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The newline goes last, so a message that failed was not complete and nobody can have acted on it.
            request?.MayHaveArrived = before;
            throw new BackendNotSentException(e);
        }
        finally
        {
            _sending.Release();
        }
    }

    private void Read()
    {
        Exception? failure = null;
        try
        {
            ReadLines(_process.Output);
        }
        catch (Exception e)
        {
            failure = e;
        }

        SetDisconnected(failure ?? new IOException($"The server's program ended{_process.Epitaph}."));
    }

    private void ReadLines(Stream output)
    {
        byte[] chunk = new byte[ChunkSize];
        ArrayBufferWriter<byte> line = new();
        JsonRpcIdScanner? oversized = null;
        long length = 0;
        for (int read; (read = output.Read(chunk)) > 0;)
        {
            ReadOnlySpan<byte> rest = chunk.AsSpan(0, read);
            while (!rest.IsEmpty)
            {
                int end = rest.IndexOf((byte)'\n');
                ReadOnlySpan<byte> part = end < 0 ? rest : rest[..end];
                rest = end < 0 ? [] : rest[(end + 1)..];
                length += part.Length;
                if (oversized is null && length > _limit)
                {
                    oversized = new JsonRpcIdScanner();
                    oversized.Append(line.WrittenSpan);
                    line = new ArrayBufferWriter<byte>();
                }

                if (oversized is null)
                {
                    line.Write(part);
                }
                else
                {
                    oversized.Append(part);
                }

                if (end >= 0)
                {
                    EndLine(line, oversized, length);
                    line = line.Capacity > 16 * ChunkSize ? new ArrayBufferWriter<byte>() : line;
                    line.ResetWrittenCount();
                    oversized = null;
                    length = 0;
                }
            }
        }
    }

    private void EndLine(ArrayBufferWriter<byte> line, JsonRpcIdScanner? oversized, long length)
    {
        if (oversized is not null)
        {
            LogOversized(Name, length, _limit);
            if (oversized.ResponseId is { } id)
            {
                Deliver(OversizedMessage.Create(id, length));
            }

            return;
        }

        ReadOnlySpan<byte> text = line.WrittenSpan.Trim(" \t\r"u8);
        if (text.IsEmpty)
        {
            return;
        }

        try
        {
            if (JsonSerializer.Deserialize(text, MessageType) is { } message)
            {
                Deliver(message);
            }
        }
        catch (JsonException)
        {
            // Launchers and careless servers print other things here; the protocol says to ignore them.
            LogNotAMessage(Name, text.Length);
        }
    }

    // Completes at once: the channel behind it has no bound.
    private void Deliver(JsonRpcMessage message) => WriteMessageAsync(message).GetAwaiter().GetResult();

    [LoggerMessage(EventId = 3020, Level = LogLevel.Warning, Message = "{Server} sent a message of {Bytes} bytes; {Limit} are allowed. It was thrown away.")]
    private partial void LogOversized(string server, long bytes, long limit);

    [LoggerMessage(EventId = 3021, Level = LogLevel.Debug, Message = "{Server} wrote a line of {Bytes} bytes that is not an MCP message.")]
    private partial void LogNotAMessage(string server, int bytes);
}
