using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Horreum.Client;

/// <summary>The package's activity source and instruments; made once, since nobody listening costs nothing.</summary>
internal static class HorreumInstruments
{
    private static readonly Meter Meter = new(HorreumTelemetry.SourceName);
    private static readonly InstrumentAdvice<double> Milliseconds = new() { HistogramBucketBoundaries = [10, 25, 50, 100, 250, 500, 1000, 2500, 5000] };

    public static ActivitySource Source { get; } = new(HorreumTelemetry.SourceName);

    public static Counter<long> Requests { get; } = Meter.CreateCounter<long>(HorreumTelemetry.RequestCounter);

    public static Histogram<double> RequestTime { get; } = CreateHistogram(HorreumTelemetry.RequestDuration);

    public static Counter<long> Retries { get; } = Meter.CreateCounter<long>(HorreumTelemetry.RetryCounter);

    public static Histogram<double> RateLimitWait { get; } = CreateHistogram(HorreumTelemetry.RateLimitWait);

    public static Counter<long> Tools { get; } = Meter.CreateCounter<long>(HorreumTelemetry.ToolCounter);

    public static Histogram<double> ToolTime { get; } = CreateHistogram(HorreumTelemetry.ToolDuration);

    public static Counter<long> Resources { get; } = Meter.CreateCounter<long>(HorreumTelemetry.ResourceCounter);

    public static Histogram<double> ResourceTime { get; } = CreateHistogram(HorreumTelemetry.ResourceDuration);

    // Without a unit: exporters put its name behind that of the instrument, which ends in _ms already.
    private static Histogram<double> CreateHistogram(string name) => Meter.CreateHistogram(name, null, null, advice: Milliseconds);
}
