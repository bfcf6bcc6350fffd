namespace ToolHive.Client;

/// <summary>Names under which this package reports what it does.</summary>
public static class ToolHiveTelemetry
{
    /// <summary>Name of the <see cref="System.Diagnostics.ActivitySource"/> and the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string SourceName = "ToolHive.Client";

    /// <summary>Counter: discoveries of the ToolHive endpoint, tagged <c>outcome</c> (<c>found</c>, <c>failed</c>).</summary>
    public const string Discoveries = "toolhive.client.discoveries";

    /// <summary>Counter: requests that were repeated because the connection was lost or the server asked to wait.</summary>
    public const string Retries = "toolhive.client.retries";

    /// <summary>Counter: Kubernetes watches that were started again, tagged <c>reason</c> (<c>ended</c>, <c>expired</c>, <c>failed</c>).</summary>
    public const string WatchRestarts = "toolhive.client.watch_restarts";
}
