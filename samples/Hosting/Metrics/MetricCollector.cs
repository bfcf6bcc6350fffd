using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Hosting.Metrics;

/// <summary>Adds up the measurements of the chosen meters, from its creation on.</summary>
internal sealed class MetricCollector : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, MetricInstrument> _instruments = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _collecting = new();
    private readonly string[] _meters;
    private readonly IMeterFactory _factory;

    public MetricCollector(string[] meters, IMeterFactory factory)
    {
        _meters = meters;
        _factory = factory;
        _listener.InstrumentPublished = Publish;
        _listener.MeasurementsCompleted = (instrument, _) => _instruments.TryRemove(instrument, out MetricInstrument? _);
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Record(state, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => Record(state, (double)value, tags));
        _listener.Start();
    }

    public string Collect()
    {
        lock (_collecting)
        {
            foreach (MetricInstrument instrument in _instruments.Values)
            {
                instrument.BeginCollection();
            }

            _listener.RecordObservableInstruments();
            StringBuilder text = new();
            foreach (IGrouping<string, MetricInstrument> family in _instruments.Values.GroupBy(i => i.Name).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                PrometheusText.WriteFamily(text, [.. family]);
            }

            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private static void Record(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricInstrument)state!).Record(value, tags);

    private void Publish(Instrument instrument, MeterListener listener)
    {
        // Several hosts may live in one process, as in tests: each shows its own meters, and those that belong to nobody.
        bool foreign = instrument.Meter.Scope is IMeterFactory owner && !ReferenceEquals(owner, _factory);
        if (!foreign && Array.Exists(_meters, pattern => Matches(pattern, instrument.Meter.Name)))
        {
            listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument, static created => new MetricInstrument(created)));
        }
    }

    private static bool Matches(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
}
