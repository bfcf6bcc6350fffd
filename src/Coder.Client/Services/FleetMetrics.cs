using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Coder.Client.Services;

/// <summary>Counters and spans of the fleet.</summary>
internal sealed class FleetMetrics
{
    public static readonly ActivitySource Source = new(CoderTelemetry.SourceName);

    private readonly Counter<long> _metadataReads;
    private readonly Counter<long> _operations;

    public FleetMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(CoderTelemetry.SourceName);
        _metadataReads = meter.CreateCounter<long>(CoderTelemetry.MetadataReads, description: "Metadata reads by outcome.");
        _operations = meter.CreateCounter<long>(CoderTelemetry.Operations, description: "Operations that change an agent, by operation and outcome.");
    }

    public void MetadataRead(string outcome) => _metadataReads.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Operation(string operation, string outcome) =>
        _operations.Add(1, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("outcome", outcome));
}
