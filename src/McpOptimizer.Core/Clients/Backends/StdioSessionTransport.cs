using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>One JSON-RPC message a line, each of bounded size, over a process's standard streams.</summary>
internal sealed partial class StdioSessionTransport : TransportBase
{
    private const int ReaderStack = 256 * 1024;
    private const int ChunkSize = 64 * 1024;

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly BackendProcess _process;
    private readonly long _limit;
    private readonly FrameWarnings _warnings;
    private readonly ILogger _logger;

    /// <summary>Starts reading.</summary>
    public StdioSessionTransport(BackendProcess process, BackendSettings settings, FrameWarnings warnings, ILoggerFactory loggerFactory)
        : base(process.Name, loggerFactory)
    {
        _process = process;
        _limit = settings.MaxResponseBytes;
        _warnings = warnings;
        _logger = loggerFactory.CreateLogger<StdioSessionTransport>();
        SetConnected();

        // Reads of a pipe block; on the pool, as many of them as there are servers would starve everything else.
        new Thread(Read, ReaderStack) { IsBackground = true, Name = "mcp-read " + process.Name }.Start();
    }

    private string Ended => $"The server's program ended{_process.Epitaph}.";

    public override async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        byte[] line = [.. JsonRpcFrames.Write(message).Span, (byte)'\n'];
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        Task sent = WriteAsync(line, BackendRequest.Current);
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
            throw new BackendNotSentException(await Task.Run(_process.AwaitEnd).ConfigureAwait(false) ? Ended : null, e);
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

        _process.AwaitEnd();
        SetDisconnected(failure ?? new IOException(Ended));
    }

    private void ReadLines(Stream output)
    {
        byte[] chunk = new byte[ChunkSize];
        StdioFrames frames = new(_limit, Deliver, oddity => _warnings.Report(Name, oddity), bytes => LogOversized(Name, bytes, _limit));
        for (int read; (read = output.Read(chunk)) > 0;)
        {
            int ignored = frames.Ignored;
            frames.Append(chunk.AsSpan(0, read));
            if (frames.Ignored > ignored)
            {
                // Launchers and careless servers print other things here; the protocol says to ignore them.
                LogNotAMessage(Name, read);
            }
        }

        frames.End();
    }

    // Completes at once: the channel behind it has no bound.
    private void Deliver(JsonRpcMessage message) => WriteMessageAsync(message).GetAwaiter().GetResult();

    [LoggerMessage(EventId = 3020, Level = LogLevel.Warning, Message = "{Server} sent a message of {Bytes} bytes; {Limit} are allowed. It was thrown away.")]
    private partial void LogOversized(string server, long bytes, long limit);

    [LoggerMessage(EventId = 3021, Level = LogLevel.Debug, Message = "{Server} wrote lines that are no MCP messages, among {Bytes} bytes.")]
    private partial void LogNotAMessage(string server, int bytes);
}
