using System.Diagnostics;

namespace ToolHive.Client.Telemetry;

/// <summary>Spans of work that covers several requests.</summary>
internal static class ToolHiveActivities
{
    private static readonly ActivitySource Source = new(ToolHiveTelemetry.SourceName);

    /// <summary>Begins a span; null when nobody listens.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);
}
