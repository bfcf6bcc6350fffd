using System.Diagnostics;
using Fleet.Metadata.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Services;

/// <summary>One pass over all collectors, side by side, and what they come to.</summary>
internal sealed partial class MetadataCollection(
    IEnumerable<IMetadataCollector> collectors,
    MetadataLimits limits,
    MetadataMetrics metrics,
    IOptions<FleetMetadataOptions> options,
    TimeProvider time,
    ILoggerFactory loggers)
{
    private readonly CollectorRunner[] _runners =
        [.. collectors.Select(collector => new CollectorRunner(collector, metrics, time, loggers.CreateLogger<CollectorRunner>()))];

    private readonly ILogger _logger = loggers.CreateLogger<MetadataCollection>();

    public async Task<MetadataResponse> RunAsync()
    {
        using Activity? activity = metrics.StartCollection();
        long started = time.GetTimestamp();
        IReadOnlyDictionary<string, MetadataEntry>[] parts =
            await Task.WhenAll(_runners.Select(runner => runner.RunAsync(options.Value.Deadline))).ConfigureAwait(false);
        SortedDictionary<string, MetadataEntry> merged = new(StringComparer.Ordinal);
        foreach ((string key, MetadataEntry entry) in parts.SelectMany(part => part))
        {
            if (!merged.TryAdd(key, entry))
            {
                LogDuplicate(key);
            }
        }

        limits.Apply(merged);
        metrics.RecordCollection(time.GetElapsedTime(started));
        return new MetadataResponse { Data = merged, Meta = new MetadataInfo { Version = MetadataResponse.CurrentVersion } };
    }

    public IReadOnlyList<CollectorFault> FindFaults() =>
        [.. _runners.Select(runner => runner.Fault).OfType<CollectorFault>().OrderBy(fault => fault.Collector, StringComparer.Ordinal)];

    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "Two collectors report '{Key}'; the one registered first is believed.")]
    private partial void LogDuplicate(string key);
}
