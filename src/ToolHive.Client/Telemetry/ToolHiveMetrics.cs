using System.Diagnostics.Metrics;

namespace ToolHive.Client.Telemetry;

/// <summary>The package's instruments.</summary>
internal sealed class ToolHiveMetrics
{
    private readonly Counter<long> _discoveries;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _watchRestarts;

    public ToolHiveMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(ToolHiveTelemetry.SourceName);
        _discoveries = meter.CreateCounter<long>(ToolHiveTelemetry.Discoveries, "{discovery}", "Discoveries of the ToolHive endpoint.");
        _retries = meter.CreateCounter<long>(ToolHiveTelemetry.Retries, "{request}", "Requests that were repeated.");
        _watchRestarts = meter.CreateCounter<long>(ToolHiveTelemetry.WatchRestarts, "{watch}", "Kubernetes watches that were started again.");
    }

    public void DiscoveryEnded(bool found) => _discoveries.Add(1, new KeyValuePair<string, object?>("outcome", found ? "found" : "failed"));

    public void Retried() => _retries.Add(1);

    public void WatchRestarted(string reason) => _watchRestarts.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
