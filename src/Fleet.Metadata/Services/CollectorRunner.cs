using Fleet.Metadata.Models;
using Microsoft.Extensions.Logging;

namespace Fleet.Metadata.Services;

/// <summary>Runs one collector against its deadline, and keeps its failures to it.</summary>
internal sealed partial class CollectorRunner(IMetadataCollector collector, MetadataMetrics metrics, TimeProvider time, ILogger<CollectorRunner> logger)
{
    // Time to end orderly after the deadline. Who needs more, blocked in the kernel perhaps, is not started again until it has ended.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private const int MaxFaultLength = 500;

    private static readonly Dictionary<string, MetadataEntry> Nothing = [];

    private int _stuck;
    private CollectorFault? _fault;

    /// <summary>What was wrong with the last collection; null when nothing was.</summary>
    public CollectorFault? Fault => Volatile.Read(ref _fault);

    public async Task<IReadOnlyDictionary<string, MetadataEntry>> RunAsync(TimeSpan overall)
    {
        if (Volatile.Read(ref _stuck) > 0)
        {
            Report(["an earlier collection has not ended yet"], null);
            return Nothing;
        }

        TimeSpan deadline = collector.Deadline < overall ? collector.Deadline : overall;
        long started = time.GetTimestamp();
        MetadataSink sink = new();
        CancellationTokenSource limit = new(deadline, time);
        Task work = Task.Run(() => collector.CollectAsync(sink, limit.Token), CancellationToken.None);
        await work.WaitAsync(deadline, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Exception? exception = null;
        if (!work.IsCompleted || work.IsCanceled)
        {
            sink.AddFault($"it was not done after {deadline.TotalMilliseconds} ms");
        }
        else if (work.IsFaulted)
        {
            exception = work.Exception.InnerException;
            sink.AddFault(exception!.Message);
        }

        _ = WatchAsync(work, limit);
        (IReadOnlyDictionary<string, MetadataEntry> entries, IReadOnlyList<string> faults) = sink.Close();
        metrics.RecordCollector(collector.Name, time.GetElapsedTime(started), faults.Count > 0);
        Report(faults, exception);
        return entries;
    }

    private async Task WatchAsync(Task work, CancellationTokenSource limit)
    {
        using (limit)
        {
            await work.WaitAsync(Grace, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (work.IsCompleted)
            {
                return;
            }

            Interlocked.Increment(ref _stuck);
            LogStuck(collector.Name);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Decrement(ref _stuck);
        }
    }

    // A reason is a warning when it is new. A workspace without a repository must not fill the log at every request.
    private void Report(IReadOnlyList<string> faults, Exception? exception)
    {
        CollectorFault? before = Fault;
        CollectorFault? now = faults.Count == 0 ? null : new CollectorFault
        {
            Collector = collector.Name,
            Reason = string.Join("; ", faults.Select(fault => VisibleText.Shorten(fault, MaxFaultLength))),
            Since = before?.Since ?? time.GetUtcNow(),
        };
        Volatile.Write(ref _fault, now);
        if ((before is null) != (now is null))
        {
            metrics.ChangeFailing(collector.Name, now is null ? -1 : 1);
        }

        if (now is not null)
        {
            LogFault(now.Reason == before?.Reason ? LogLevel.Debug : LogLevel.Warning, exception, collector.Name, now.Reason);
        }
    }

    [LoggerMessage(EventId = 2, Message = "Collector {Collector} is incomplete: {Reason}.")]
    private partial void LogFault(LogLevel level, Exception? exception, string collector, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "Collector {Collector} does not end; it is left out until it does.")]
    private partial void LogStuck(string collector);
}
