namespace Hosting.Metrics;

/// <summary>The values of one combination of tags.</summary>
internal sealed class MetricSeries(string labels, double[]? bounds)
{
    private readonly Lock _gate = new();
    private readonly long[]? _buckets = bounds is null ? null : new long[bounds.Length];
    private double _value;
    private long _count;

    public string Labels => labels;

    public double[]? Bounds => bounds;

    public void Record(double value, bool adds)
    {
        lock (_gate)
        {
            _count++;
            _value = adds || bounds is not null ? _value + value : value;
            int bucket = bounds is null ? 0 : Array.FindIndex(bounds, bound => value <= bound);
            if (_buckets is not null && bucket >= 0)
            {
                _buckets[bucket]++;
            }
        }
    }

    /// <summary>The sum or last value, how many measurements there were, and how many fell in each bucket.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_gate)
        {
            return (_value, _count, [.. _buckets ?? []]);
        }
    }
}
