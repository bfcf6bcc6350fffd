using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Fleet.Metadata.Services;

/// <summary>What the package measures about itself.</summary>
internal sealed class MetadataMetrics : IDisposable
{
    private readonly ActivitySource _activities = new(FleetMetadataTelemetry.SourceName);
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _collections;
    private readonly Histogram<double> _collectors;
    private readonly Counter<long> _faults;
    private readonly UpDownCounter<long> _failing;
    private readonly Counter<long> _cuts;

    public MetadataMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(FleetMetadataTelemetry.SourceName);
        _requests = meter.CreateCounter<long>("fleet_metadata.requests", "{request}", "Requests for metadata; shared ones joined the collection of another.");
        _collections = meter.CreateHistogram<double>("fleet_metadata.collection.duration", "s", "Time of one collection by all collectors.");
        _collectors = meter.CreateHistogram<double>("fleet_metadata.collector.duration", "s", "Time of one collector.");
        _faults = meter.CreateCounter<long>("fleet_metadata.collector.faults", "{fault}", "Collections in which a collector could not report all it should.");
        _failing = meter.CreateUpDownCounter<long>(
            "fleet_metadata.collectors.failing", "{collector}", "1 for a collector that could not report all it should when it last ran.");
        _cuts = meter.CreateCounter<long>("fleet_metadata.entries.cut", "{entry}", "Entries shortened or dropped because of a size limit.");
    }

    public Activity? StartCollection() => _activities.StartActivity("fleet_metadata.collect");

    public void CountRequest(bool shared) => _requests.Add(1, new KeyValuePair<string, object?>("shared", shared ? "true" : "false"));

    public void RecordCollection(TimeSpan duration) => _collections.Record(duration.TotalSeconds);

    public void RecordCollector(string collector, TimeSpan duration, bool faulty)
    {
        KeyValuePair<string, object?> tag = new("collector", collector);
        _collectors.Record(duration.TotalSeconds, tag);
        if (faulty)
        {
            _faults.Add(1, tag);
        }
    }

    public void ChangeFailing(string collector, int by) => _failing.Add(by, new KeyValuePair<string, object?>("collector", collector));

    public void CountCut() => _cuts.Add(1);

    public void Dispose() => _activities.Dispose();
}
