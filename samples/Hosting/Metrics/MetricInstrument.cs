using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Hosting.Metrics;

/// <summary>One instrument and its series, one per combination of tags.</summary>
internal sealed class MetricInstrument
{
    // A tag that never repeats must not fill the memory: what comes after this many combinations is counted together.
    private const int MaxSeries = 2000;
    private const string Overflow = "overflow=\"true\"";

    // Seconds, from 5 ms to 10 s, as the web server's own histograms use.
    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly bool _adds;
    private readonly double[]? _bounds;

    public MetricInstrument(Instrument instrument)
    {
        Type type = instrument.GetType();
        Type kind = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        bool counter = kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>);
        bool histogram = kind == typeof(Histogram<>);
        _adds = kind == typeof(Counter<>) || kind == typeof(UpDownCounter<>);
        _bounds = histogram ? Bounds(instrument) : null;
        IsObservable = instrument.IsObservable;
        Kind = histogram ? "histogram" : counter ? "counter" : "gauge";
        Name = PrometheusText.MetricName(instrument.Name, instrument.Unit, counter);
        Help = instrument.Description ?? "";
    }

    public string Name { get; }

    public string Help { get; }

    /// <summary>counter, gauge or histogram.</summary>
    public string Kind { get; }

    public bool IsObservable { get; }

    public IEnumerable<MetricSeries> Series => _series.Values;

    /// <summary>An observable instrument tells all it has each time: what it no longer tells is gone.</summary>
    public void BeginCollection()
    {
        if (IsObservable)
        {
            _series.Clear();
        }
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = PrometheusText.Labels(tags);
        if (!_series.TryGetValue(labels, out MetricSeries? series))
        {
            string key = _series.Count < MaxSeries ? labels : Overflow;
            series = _series.GetOrAdd(key, static (text, bounds) => new MetricSeries(text, bounds), _bounds);
        }

        series.Record(value, _adds);
    }

    private static double[] Bounds(Instrument instrument)
    {
        IEnumerable<double>? advised = instrument switch
        {
            Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries,
            Histogram<long> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound),
            Histogram<int> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound),
            _ => null,
        };
        return advised is null ? DefaultBounds : [.. advised];
    }
}
