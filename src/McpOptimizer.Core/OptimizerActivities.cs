using System.Diagnostics;

namespace McpOptimizer.Core;

/// <summary>The one source of the package's spans.</summary>
internal static class OptimizerActivities
{
    public static ActivitySource Source { get; } = new(McpOptimizerTelemetry.SourceName);
}
