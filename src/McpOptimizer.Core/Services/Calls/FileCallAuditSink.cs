using System.Diagnostics.Metrics;
using System.Threading.Channels;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Repositories.Audit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>
/// Hands the records to the audit file without making a call wait for the disk. While the file cannot be written they wait in memory; when there are too many the
/// newest are lost, and the file says how many as soon as it can.
/// </summary>
internal sealed partial class FileCallAuditSink : ICallAuditSink, IDisposable, IAsyncDisposable
{
    internal const int MostWaiting = 8_192;

    internal static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private const int MostInABatch = 512;

    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(2);

    private readonly Channel<byte[]> _waiting = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly CancellationTokenSource _closing = new();
    private readonly Lazy<Task> _writing;
    private readonly AuditFile? _file;
    private readonly AuditStatus _status;
    private readonly Counter<long> _lostCounter;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private long _unsaid;

    public FileCallAuditSink(IOptions<McpOptimizerOptions> options, AuditStatus status, IMeterFactory meters, TimeProvider clock, ILogger<FileCallAuditSink> logger)
    {
        AuditSettings settings = options.Value.Audit;
        _file = settings.File is { } path ? new AuditFile(settings, Path.GetFullPath(path), clock) : null;
        (_status, _clock, _logger) = (status, clock, logger);
        _lostCounter = meters.Create(McpOptimizerTelemetry.SourceName).CreateCounter<long>(
            McpOptimizerTelemetry.AuditLost, "{call}", "Calls that are not in the audit file.");
        _writing = new Lazy<Task>(() => Task.Run(WriteAllAsync));
    }

    public void Write(CallAuditRecord record)
    {
        if (_file is null)
        {
            return;
        }

        if (!_waiting.Writer.TryWrite(AuditLine.Write(record)))
        {
            Lose(1);
        }

        _ = _writing.Value;
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (_waiting.Writer.TryComplete() && _writing.IsValueCreated)
        {
            _closing.CancelAfter(ClosingTime);
            await _writing.Value.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAllAsync()
    {
        Queue<byte[]> batch = new();
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (batch.Count < MostInABatch && _waiting.Reader.TryRead(out byte[]? line))
            {
                batch.Enqueue(line);
            }

            while (!await TryAppendAsync(batch).ConfigureAwait(false))
            {
                // At the end of the process nobody waits for a disk that does not come back.
                if (_closing.IsCancellationRequested || _waiting.Reader.Completion.IsCompleted)
                {
                    Lose(batch.Count);
                    return;
                }

                await Task.Delay(RetryPause, _clock, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> TryAppendAsync(Queue<byte[]> batch)
    {
        long unsaid = Interlocked.Exchange(ref _unsaid, 0);
        Queue<byte[]> lines = unsaid == 0 ? batch : new Queue<byte[]>([AuditLine.WriteLost(_clock.GetUtcNow(), unsaid), .. batch]);
        try
        {
            await _file!.AppendAsync(lines).ConfigureAwait(false);
            batch.Clear();
            if (_status.Work())
            {
                string path = VisibleText.Shorten(_file.Path);
                LogBack(path);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (lines != batch && lines.Count == batch.Count + 1)
            {
                Interlocked.Add(ref _unsaid, unsaid);
            }

            // What was written before the fault must not come twice.
            while (batch.Count > 0 && batch.Count > lines.Count)
            {
                batch.Dequeue();
            }

            if (_status.Fail(VisibleText.Shorten(e.Message), _clock.GetUtcNow()))
            {
                LogFailed(VisibleText.Shorten(_file!.Path), VisibleText.Shorten(e.Message));
            }

            return false;
        }
    }

    private void Lose(long count)
    {
        Interlocked.Add(ref _unsaid, count);
        _status.Lose(count);
        _lostCounter.Add(count);
    }

    [LoggerMessage(EventId = 3103, Level = LogLevel.Warning, Message = "The audit file {Path} cannot be written: {Error}. Calls go on; their records wait in memory.")]
    private partial void LogFailed(string path, string error);

    [LoggerMessage(EventId = 3104, Level = LogLevel.Information, Message = "The audit file {Path} can be written again.")]
    private partial void LogBack(string path);
}
